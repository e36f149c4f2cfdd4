import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import styles from './sidebar.module.css'

const NARROWEST = 160
const WIDEST = 480
const KEY_STEP = 16

type SidebarEdgeProps = {
  readonly width: number
  readonly onDrag: (width: number) => void
  readonly onDone: (width: number) => void
}

/** The sidebar's right edge, dragged with the pointer or moved with the arrow keys. */
export function SidebarEdge({ width, onDrag, onDone }: SidebarEdgeProps) {
  const dragged = useRef<number | null>(null)
  const move = (event: PointerEvent) => {
    if (dragged.current === null) return
    dragged.current = within(event.clientX)
    onDrag(dragged.current)
  }
  const end = () => {
    if (dragged.current !== null) onDone(dragged.current)
    dragged.current = null
  }
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? -KEY_STEP : event.key === 'ArrowRight' ? KEY_STEP : 0
    if (step === 0) return
    event.preventDefault()
    onDone(within(width + step))
  }
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the sidebar"
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      aria-valuenow={width}
      tabIndex={0}
      className={styles.edge}
      onKeyDown={press}
      onPointerDown={event => {
        dragged.current = width
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={move}
      onPointerUp={end}
      onLostPointerCapture={end}
    />
  )
}

function within(width: number): number {
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)))
}
