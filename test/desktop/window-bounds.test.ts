import { describe, expect, test } from 'vitest'
import { boundsFor } from '#host/desktop/window-bounds.ts'

const LEFT = { x: 0, y: 0, width: 1920, height: 1080 }
const RIGHT = { x: 1920, y: 200, width: 1280, height: 800 }
const saved = { x: 2000, y: 250, width: 1000, height: 700, maximized: false }

describe('where the window opens', () => {
  test('the first time the system chooses the place', () => {
    expect(boundsFor(null, [LEFT])).toEqual({ width: 1180, height: 780 })
  })

  test('as it was closed, on the second screen too', () => {
    expect(boundsFor(saved, [LEFT, RIGHT])).toEqual({ x: 2000, y: 250, width: 1000, height: 700 })
  })

  test('a screen that is gone takes the place with it, not the size', () => {
    expect(boundsFor(saved, [LEFT])).toEqual({ width: 1000, height: 700 })
  })

  test.each([
    ['a window above the screen', { ...saved, x: 100, y: -40 }],
    ['a window below the screen', { ...saved, x: 100, y: 1060 }],
    ['a window of which only a sliver shows', { ...saved, x: -960, y: 100 }],
  ])('%s could not be grabbed', (_, window) => {
    expect(boundsFor(window, [LEFT])).toEqual({ width: 1000, height: 700 })
  })

  test('never smaller than the pages need', () => {
    expect(boundsFor({ ...saved, x: 10, y: 10, width: 200, height: 100 }, [LEFT])).toMatchObject({
      width: 900,
      height: 600,
    })
  })
})
