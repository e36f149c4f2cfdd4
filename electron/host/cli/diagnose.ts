import type { RunInput } from '#shared/contract/run.ts'
import { printAccountFile } from '#shared/account/account-file.ts'
import { CONNECTION_OPTIONS, done, failed, PASSWORD_OPTIONS, type Command } from './command.ts'
import { exitOfSteps } from './exit-of-steps.ts'
import { followRun } from './follow-run.ts'
import { printReport } from './print-report.ts'
import { chooseTarget, runOptions } from './run-target.ts'
import { TLS_OPTIONS } from './tls-options.ts'
import { withServices } from './session.ts'
import { printAttempts, tryFixes } from './try-fixes.ts'

export const diagnose: Command = {
  name: 'diagnose',
  summary: 'test an account step by step and say what is wrong and what to do; sends no message',
  operands: '[ACCOUNT]',
  arity: [0, 1],
  options: {
    'account-file': {
      type: 'string',
      value: 'FILE',
      help: 'settings as JSON in place of a stored account; - is standard input',
    },
    'send-to': {
      type: 'string',
      value: 'ADDRESS',
      help: "the recipient to offer to the server (and take back); the account's own address without it",
    },
    'try-fixes': {
      type: 'boolean',
      help: 'where it fails, try the changes of settings that are offered, for this test only; nothing is stored',
    },
    ...CONNECTION_OPTIONS,
    ...TLS_OPTIONS,
    ...PASSWORD_OPTIONS,
  },
  examples: [
    {
      line: 'diagnose work --send-to me@example.org',
      shows: 'walks the path from the name to the envelope and prints the findings, worst first',
    },
    {
      line: 'diagnose work --try-fixes',
      shows: 'tries other ports and the like, one after the other, and says which change works; nothing is stored',
    },
  ],
  empty: { version: 1, account: null, steps: [], findings: [] },
  run: io =>
    withServices(io, async client => {
      const target = await chooseTarget(io, client, io.operands[0])
      const sendTo = io.options['send-to']
      const input: RunInput = {
        target,
        purpose: 'test',
        sendTo: typeof sendTo === 'string' ? sendTo : null,
        message: null,
        reuse: null,
        options: await runOptions(io),
      }
      const report = await followRun(io, client, input)
      const exit = exitOfSteps(report.steps)
      const attempts = exit !== 0 && io.options['try-fixes'] === true ? await tryFixes(io, client, input, report) : null
      const json = { ...report, account: printAccountFile(report.account), ...attempts }
      if (exit === 0) return done(json, printReport(report))
      const saved = target.kind === 'saved' ? report.account.name : null
      const worst = report.findings.find(({ severity }) => severity === 'error')
      return failed(
        json,
        attempts === null ? printReport(report) : `${printReport(report)}\n\n${printAttempts(attempts, saved)}`,
        exit,
        worst?.class ?? worst?.id ?? 'failed',
        worst?.title ?? (exit === 130 ? 'stopped' : 'the path does not work'),
      )
    }),
}
