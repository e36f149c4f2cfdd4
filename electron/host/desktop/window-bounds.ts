import type { Settings } from '#shared/contract/settings.ts'

export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
export type Bounds = { readonly x?: number; readonly y?: number; readonly width: number; readonly height: number }

/** The pages work from this size up. */
export const SMALLEST = { width: 900, height: 600 } as const
const USUAL = { width: 1180, height: 780 } as const
/** As much of the window's top edge as is needed to grab it. */
const GRIP = 80

/**
 * Where the window opens: as it was, unless that is outside every screen that is there now (a monitor was unplugged).
 * Without x and y the system chooses.
 */
export function boundsFor(saved: Settings['window'], screens: readonly Rectangle[]): Bounds {
  if (saved === null) return USUAL
  const width = Math.max(SMALLEST.width, saved.width)
  const height = Math.max(SMALLEST.height, saved.height)
  const { x, y } = saved
  if (x === null || y === null || !screens.some(screen => canBeGrabbed({ x, y, width, height }, screen)))
    return { width, height }
  return { x, y, width, height }
}

function canBeGrabbed(window: Rectangle, screen: Rectangle): boolean {
  const visible = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x)
  return visible >= GRIP && window.y >= screen.y && window.y <= screen.y + screen.height - GRIP
}
