import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** What axe has against the page as it stands, one text for each rule. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  // Colours that are fading in have no contrast of their own yet. What turns for ever never finishes.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(animation => animation.effect?.getComputedTiming().iterations !== Infinity)
        .map(animation => animation.finished),
    ),
  )
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(node => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join('\n')}`,
  )
}
