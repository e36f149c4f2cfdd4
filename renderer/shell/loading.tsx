import { useEffect, useState } from 'react'
import { Activity } from './activity.tsx'

type LoadingProps = { readonly doing: string }

const QUIET_MS = 300

/** Nothing for what is done at once; after 300 ms what it does and how long so far. */
export function Loading({ doing }: LoadingProps) {
  const [startedAt] = useState(() => performance.now())
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), QUIET_MS)
    return () => clearTimeout(timer)
  }, [])
  return shown ? <Activity doing={doing} startedAt={startedAt} /> : null
}
