import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBytes, encodeBytes, showBytes } from '#shared/msmtprc/bytes.ts'
import { judgeFile } from '#shared/msmtprc/check.ts'
import { parseMsmtprc } from '#shared/msmtprc/parse.ts'
import { knownDifference, ourVerdict } from './msmtprc-compare.ts'
import { corpus } from './msmtprc-corpus.ts'
import { generatedTrial } from './msmtprc-generate.ts'
import { ENVIRONMENT, FILE_NAME, installedMsmtp, runMsmtp, type Trial } from './msmtprc-oracle.ts'

const version = installedMsmtp()
const REFERENCE = '1.8.23'
const BATCH = 250
/** How many generated files are compared; more may be asked for by hand. */
const GENERATED = Number(process.env['MSMTPRC_GENERATED'] ?? 2_000)

test('msmtp is there to be compared with, at least where tests must not be skipped', context => {
  if (version !== null) return
  if (process.env['CI']) throw new Error('msmtp is not installed')
  context.skip('msmtp is not installed: nothing is compared with it')
})

describe.skipIf(version === null)('the installed msmtp', () => {
  test('agrees with us on every file of our own', async () => {
    const trials = corpus().flatMap(({ text, args }) => args.map(some => ({ bytes: encodeBytes(text), args: some })))
    expect(trials.length).toBeGreaterThan(2_500)
    await expectAgreement(trials)
  })

  test('agrees with us on files made from the grammar', { timeout: GENERATED * 200 }, async () => {
    const batch = fc.array(generatedTrial, { minLength: BATCH, maxLength: BATCH })
    const property = fc.asyncProperty(batch, expectAgreement)
    await fc.assert(property, {
      numRuns: Math.ceil(GENERATED / BATCH),
      endOnFailure: true,
      // The failed comparison says which file it was; the whole batch would fill the screen.
      reporter: ({ failed, errorInstance, seed }) => {
        if (failed) throw new Error(`with seed ${seed}`, { cause: errorInstance })
      },
    })
  })

  test('refuses the modes that we say it refuses, where a password stands in the file', async () => {
    const texts = [
      'host h\npassword x\n',
      'host h\npassword\n',
      'defaults\npassword x\naccount default\nhost h\n',
      'host h\n',
    ]
    const more = [
      'host h\npasswordeval echo x\n',
      'host h\n#password x\n',
      'host h\neval echo password x\n',
      'host h\npassword x\nfoo\n',
    ]
    const modes = [0o600, 0o400, 0o640, 0o604, 0o644, 0o700, 0o610, 0o602]
    const trials = [...texts, ...more].flatMap(text =>
      modes.map(mode => ({ bytes: encodeBytes(text), mode, args: [] })),
    )
    for (const [index, theirs] of (await runMsmtp(trials)).entries()) {
      const trial = trials[index] ?? { bytes: new Uint8Array(), mode: 0 }
      const parsed = parseMsmtprc(decodeBytes(trial.bytes))
      const [refusal] = judgeFile(parsed, { mode: trial.mode, ownedByUser: true, userIsRoot: false }).filter(
        ({ refused }) => refused,
      )
      const [complaint] = parsed.complaints
      const said = complaint?.printed ?? refusal?.message
      const place = `${JSON.stringify(decodeBytes(trial.bytes))} ${trial.mode.toString(8)}`
      expect(theirs.error, place).toBe(said === undefined ? '' : `msmtp: ${FILE_NAME}: ${said}\n`)
    }
  })

  test('takes $EMAIL and $SMTPSERVER as we do where no account is the default', async () => {
    const bytes = encodeBytes('account z\nhost a\n')
    for (const env of [{ EMAIL: 'e@x', SMTPSERVER: 'srv' }, { SMTPSERVER: 'srv' }, { EMAIL: 'e@x' }]) {
      const environment = { ...ENVIRONMENT, email: env.EMAIL ?? null, smtpServer: env.SMTPSERVER ?? null }
      for (const args of [[], ['--from=f@g'], ['-a', 'default'], ['-a', 'z']]) {
        const [theirs] = await runMsmtp([{ bytes, args, env: definedOnly(env) }])
        expect(ourVerdict(bytes, args, environment, FILE_NAME).verdict).toEqual(theirs)
      }
    }
  })
})

describe('what msmtp said about files of other people', () => {
  const folder = new URL('../../../shared/data/msmtprc/', import.meta.url)
  const oracle = new URL('oracle.jsonl.gz', folder)

  test('we say too', context => {
    if (!existsSync(oracle)) return context.skip('../shared/data/msmtprc is not there')
    const environment = { ...ENVIRONMENT, hostname: 'vm', canonicalHostname: 'vm', mailname: null }
    const rows = gunzipSync(readFileSync(oracle)).toString('utf8').trim().split('\n').map(parseRow)
    let compared = 0
    for (const row of rows.filter(({ msmtp }) => msmtp === REFERENCE)) {
      const bytes = readFileSync(new URL(`files/${row.file}`, folder))
      const name = row.file.replace(/^(msmtprc|synthetic)-/, '')
      const { verdict, parsed } = ourVerdict(bytes, row.args, environment, name)
      const theirs = { exit: row.rc, out: row.stdout.replace(/^ignoring system.*\n/, ''), error: row.stderr }
      const ours = { exit: verdict.exit, out: showBytes(verdict.out), error: showBytes(verdict.error) }
      if (knownDifference(parsed, ours, theirs) !== null) continue
      expect(ours, `${row.file} ${row.args.join(' ')}`).toEqual(theirs)
      compared += 1
    }
    expect(compared).toBeGreaterThan(4_000)
    expect(readdirSync(new URL('files/', folder)).length).toBeGreaterThan(1_000)
  })
})

async function expectAgreement(trials: readonly Trial[]): Promise<void> {
  const explained = new Map<string, number>()
  for (let from = 0; from < trials.length; from += BATCH) {
    const batch = trials.slice(from, from + BATCH)
    const verdicts = await runMsmtp(batch)
    for (const [index, theirs] of verdicts.entries()) {
      const { bytes, args } = batch[index] ?? { bytes: new Uint8Array(), args: [] }
      const { verdict, parsed } = ourVerdict(bytes, args, ENVIRONMENT, FILE_NAME)
      const reason = knownDifference(parsed, verdict, theirs)
      if (reason !== null) explained.set(reason, (explained.get(reason) ?? 0) + 1)
      else expect(verdict, `${JSON.stringify(Buffer.from(bytes).toString('latin1'))} ${args.join(' ')}`).toEqual(theirs)
    }
  }
  // Exceptions must stay exceptions.
  expect([...explained.values()].reduce((sum, count) => sum + count, 0)).toBeLessThan(trials.length / 10)
}

type Row = { file: string; msmtp: string; args: string[]; rc: number; stdout: string; stderr: string }

function parseRow(line: string): Row {
  // The file says what its README says; a row without these keys fails the comparison.
  return JSON.parse(line) as Row
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
