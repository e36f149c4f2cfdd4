import { useEffect, useState } from 'react'
import { printAgo, printInstant } from './time.ts'

const REFRESH_MS = 20_000

/** `Date.now()`, renewed often enough for "2 minutes ago". */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), REFRESH_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** An instant, told as how long ago it was; the exact time on hover. */
export function Ago({ at, className }: { readonly at: string; readonly className?: string | undefined }) {
  return (
    <time className={className} dateTime={at} title={printInstant(at)}>
      {printAgo(at, useNow())}
    </time>
  )
}
