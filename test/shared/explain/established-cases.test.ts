import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Security } from '#shared/account/account.ts'
import { explain } from '#shared/explain/explain.ts'
import { Stage } from '#shared/explain/stage.ts'
import { FailureClass } from '#shared/finding/classes.ts'
import { cpuMs } from '../../support/cpu-time.ts'

const FILE = new URL('../../../../shared/data/smtp-errors.jsonl', import.meta.url)

const Established = z.object({
  id: z.string(),
  stage: Stage,
  text: z.string(),
  context: z.object({ host: z.string().nullable(), port: z.int().nullable(), security: Security.nullable() }),
  class: FailureClass,
})

const SKIPPED = 'skipped: the optional data file ../shared/data/smtp-errors.jsonl is not there'

describe.skipIf(!existsSync(FILE))(
  `real cases with an established cause (${existsSync(FILE) ? 'file found' : SKIPPED})`,
  () => {
    const cases = existsSync(FILE)
      ? readFileSync(FILE, 'utf8')
          .trim()
          .split('\n')
          .map(line => Established.parse(JSON.parse(line)))
      : []

    test('are right first for at least 93 of 100 when the circumstances are known', () => {
      const right = cases.filter(each => {
        const { host, port, security } = each.context
        return explain({ text: each.text, stage: each.stage, host, port, security }).class === each.class
      })
      expect(right.length / cases.length).toBeGreaterThanOrEqual(0.93)
    })

    test('are right first for at least 88 of 100 from the text alone', () => {
      const right = cases.filter(each => explain({ text: each.text }).class === each.class)
      expect(right.length / cases.length).toBeGreaterThanOrEqual(0.88)
    })

    test('take less than 50 milliseconds each', () => {
      const once = (text: string) => cpuMs(() => explain({ text }))
      // The best of three: garbage of what went before is collected now and then.
      const times = cases.map(({ text }) => Math.min(once(text), once(text), once(text)))
      expect(Math.max(...times)).toBeLessThan(50)
    })
  },
)
