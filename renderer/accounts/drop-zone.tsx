import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState } from 'react'
import styles from './drop-zone.module.css'

type DropZoneProps = {
  readonly onFile: (file: File) => void
  /** What dropping does. */
  readonly words?: string
}

/** The whole window takes a file; the overlay says so while one is held over it. */
export function DropZone({ onFile, words = 'Drop the file to import its accounts' }: DropZoneProps) {
  const [over, setOver] = useState(false)
  const take = useEffectEvent(onFile)
  useEffect(() => {
    // Entering a child leaves its parent, so the two are counted.
    let depth = 0
    const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const enter = (event: DragEvent) => {
      if (!holdsFile(event)) return
      depth += 1
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (!holdsFile(event)) return
      depth -= 1
      if (depth <= 0) setOver(false)
    }
    const hold = (event: DragEvent) => {
      if (holdsFile(event)) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      if (!holdsFile(event)) return
      event.preventDefault()
      depth = 0
      setOver(false)
      const file = event.dataTransfer?.files[0]
      if (file) take(file)
    }
    const listeners = { dragenter: enter, dragleave: leave, dragover: hold, drop }
    for (const [name, listen] of Object.entries(listeners))
      window.addEventListener(name as keyof typeof listeners, listen)
    return () => {
      for (const [name, listen] of Object.entries(listeners))
        window.removeEventListener(name as keyof typeof listeners, listen)
    }
  }, [])
  if (!over) return null
  return (
    <div className={styles.over}>
      <IconFileImport size={28} aria-hidden />
      <span>{words}</span>
    </div>
  )
}
