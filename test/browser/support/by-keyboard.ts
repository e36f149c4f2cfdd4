import type { Page } from 'playwright-core'

/** The accessible name of what has the focus, as far as its own text, label or title gives it. */
export function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    const labelled = element instanceof HTMLInputElement || element instanceof HTMLSelectElement
    const label = labelled || element instanceof HTMLTextAreaElement ? element.labels?.[0]?.textContent : null
    return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').trim()
  })
}

/** Presses Tab until this has the focus. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let stop = 0; stop < 60; stop += 1) {
    if (name.test(await focusedName(page))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${name} was not reached with Tab`)
}
