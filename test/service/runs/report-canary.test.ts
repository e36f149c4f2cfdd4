import { expect, test } from 'vitest'
import { maskReport } from '#shared/report/mask.ts'
import { printHtml } from '#shared/report/print-html.ts'
import { printMarkdown } from '#shared/report/print-markdown.ts'
import { leaksIn } from '../../support/canary.ts'
import { collect, openServices, practise, reportIn, runOf } from '../support/services.ts'

const CANARY = 'c4näry S3cret/+="&<>%'

/** Mechanisms that put the secret on the wire, and those that put a proof of it there. */
const MECHANISMS = ['plain', 'login', 'cram-md5', 'xoauth2'] as const

test.for(MECHANISMS)(
  'a report of a sign-in with %s holds the secret in no form, nor does anything made of it',
  async auth => {
    const { client } = await openServices()
    const { account } = await practise({ client })
    await client.accounts.update({ id: account.id, change: { auth } })
    const secret = { kind: 'set', value: CANARY }
    const input = runOf(account.id, { target: { kind: 'saved', id: account.id, secret } })
    const report = reportIn(await collect(await client.runs.run(input)))
    expect(report.findings[0]?.step).toBe('sign-in')
    const { report: masked } = maskReport(report, { addresses: true, hosts: true })
    for (const made of [report, masked]) {
      for (const text of [JSON.stringify(made), printMarkdown(made), printHtml(made)]) {
        expect(leaksIn(text, CANARY, account.user ?? '')).toEqual([])
      }
    }
    const user = account.user ?? ''
    const shown = JSON.stringify(masked)
    expect(shown).not.toContain(user)
    expect(shown).not.toContain(Buffer.from(user).toString('base64').replace(/=+$/, ''))
  },
)
