import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AccountSettings } from '#shared/account/account.ts'
import { STEP_TITLES } from '#shared/diagnosis/describe-step.ts'
import { STEP_IDS } from '#shared/diagnosis/step-ids.ts'
import type { StepId } from '#shared/diagnosis/step.ts'
import { CATALOGUE, entryOf, stepOf, type FindingId } from '#shared/finding/catalogue.ts'
import { FailureClass } from '#shared/finding/classes.ts'
import { judged } from '#shared/finding/judged.ts'
import { findingOfClass } from '#shared/finding/of-class.ts'
import { present } from '#shared/finding/present.ts'
import type { Entry } from '#shared/finding/catalogue/entry.ts'
import { DOMAIN_CATALOGUE, type DomainFindingId } from '#shared/domain/catalogue.ts'
import { factNames, fillWords } from '#shared/finding/words.ts'
import { DIAGNOSED } from '../peers/failures/all-cases.ts'
import { PRACTICE_CASES } from '../service/runs/practice-cases.ts'

// The catalogue's own keys are what its type was made of.
export const IDS = Object.keys(CATALOGUE) as FindingId[]

const RULES = join(import.meta.dirname, '../shared/finding/rules')

/** The rule tests, which hold stored evidence: what was observed, and the finding that it leads to. */
const ruleTests = readdirSync(RULES).map(name => ({ name, source: readFileSync(join(RULES, name), 'utf8') }))

export type Shown = {
  readonly faults: readonly string[]
  /** Real servers and networks that bring it about. */
  readonly failures: readonly string[]
  readonly evidence: readonly string[]
}

/** What shows a finding on demand: practice faults, real failures, and stored evidence in the rule tests. */
export function shownBy(id: FindingId): Shown {
  const faults = Object.entries(PRACTICE_CASES).filter(([, each]) => each.shows === id)
  const evidence = ruleTests.filter(({ source }) => source.includes(`'${id}'`))
  const failures = DIAGNOSED.filter(({ shows }) => shows === id).map(({ how }) => how)
  return { faults: faults.map(([fault]) => fault), failures, evidence: evidence.map(({ name }) => name) }
}

/** What only the look at a whole domain finds: `mailwright domain` and the Domain page. */
export const DOMAIN_IDS = Object.keys(DOMAIN_CATALOGUE).filter(id => !(id in CATALOGUE)) as DomainFindingId[]

const DOMAIN_TESTS = ['engine/domain', 'host/cli', 'service'].flatMap(folder =>
  readdirSync(join(import.meta.dirname, '..', folder))
    .filter(name => folder === 'engine/domain' || /^domain.*\.test\.ts$/.test(name))
    .map(name => ({
      name: `${folder}/${name}`,
      source: readFileSync(join(import.meta.dirname, '..', folder, name), 'utf8'),
    })),
)

/** The tests that publish the fault in a zone, see the finding and, where a record can end it, publish that too. */
export function publishedBy(id: DomainFindingId): readonly string[] {
  return DOMAIN_TESTS.filter(({ source }) => source.includes(`'${id}'`)).map(({ name }) => name)
}

/** An account to which most fixes apply, so that the kinds of fixes can be listed. */
const ACCOUNT = AccountSettings.parse({
  host: 'mail.example.com',
  port: 2525,
  security: 'starttls',
  auth: 'plain',
  user: 'ann',
  from: 'ann@example.com',
  ipFamily: '4',
  timeoutSeconds: 10,
  dsnNotify: 'failure',
  proxy: { host: 'proxy.example.com', port: 1080 },
})

const KINDS = {
  settings: 'settings',
  secret: 'password',
  dns: 'DNS records',
  command: 'commands',
  provider: 'steps at the provider',
  ask: 'a text to ask with',
  wait: 'wait',
} as const

/** What a finding offers to do, where most of it applies. */
export function fixKinds(id: FindingId): readonly string[] {
  const facts = {
    domain: 'example.com',
    record: 'v=spf1 ~all',
    wantedInclude: 'include:spf.example.net',
    sha256: 'AA:BB',
    names: 'mail.example.net',
    family: 'IPv6',
    offered: 'LOGIN',
  }
  const [finding] = present([judged(id, { facts })], { account: ACCOUNT, steps: [] })
  return [...new Set(finding?.fixes.map(({ kind }) => KINDS[kind]) ?? [])]
}

/** The page: every finding with its class, words, fixes and what shows it. */
export function composeCatalogue(): string {
  return [
    '# Findings',
    '',
    'Every finding that Mailwright can make: its id, its class of failure, its words, what it offers to do, and what shows it on',
    'demand. A practice fault is switched on with `mailwright practice --fault NAME`, or on the Practice page; the tests with real',
    'servers are `test/peers/failures*.test.ts`; "stored evidence" is a test that holds what was observed. Generated from the',
    'catalogue by `test/docs/findings.test.ts`, which fails when this page is',
    'behind; `vitest run test/docs -u` writes it anew.',
    '',
    ...STEP_IDS.flatMap(composeStep),
    ...composeWholeDomain(),
    '## Classes of failure',
    '',
    'The same classes name what `mailwright explain` reads in a text, and lead to these findings.',
    '',
    '| Class | Finding |',
    '| --- | --- |',
    ...FailureClass.options.map(means => `| \`${means}\` | ${link(findingOfClass(means, null))} |`),
    '',
  ].join('\n')
}

function composeStep(step: StepId): readonly string[] {
  return [`## ${STEP_TITLES[step]}`, '', ...IDS.filter(id => stepOf(id) === step).flatMap(composeFinding)]
}

function composeFinding(id: FindingId): readonly string[] {
  const { class: means, severity, title, why } = entryOf(id)
  const { faults, failures, evidence } = shownBy(id)
  const fixes = fixKinds(id)
  const shown = [
    ...faults.map(fault => `practice fault \`${fault}\``),
    ...failures.map(how => `the tests with real servers (${how})`),
    ...evidence.map(name => `stored evidence in \`test/shared/finding/rules/${name}\``),
  ]
  return [
    `### \`${id}\``,
    '',
    `**${plain(title)}.** ${plain(why)}`,
    '',
    `- ${severity}${means === null ? ', no failure' : `, class \`${means}\``}`,
    ...(fixes.length === 0 ? [] : [`- offers: ${fixes.join(', ')}`]),
    ...(shown.length === 0 ? [] : [`- shown by: ${shown.join('; ')}`]),
    '',
  ]
}

function composeWholeDomain(): readonly string[] {
  return [
    '## A whole domain',
    '',
    'What only `mailwright domain` and the Domain page find, beside the findings about the domain above. Each offers the exact records',
    'that end it, a text to send, or the steps to take.',
    '',
    ...DOMAIN_IDS.flatMap(id => {
      const { class: means, severity, title, why }: Entry = DOMAIN_CATALOGUE[id]
      return [
        `### \`${id}\``,
        '',
        `**${plain(title)}.** ${plain(why)}`,
        '',
        `- ${severity}${means === null ? ', no failure' : `, class \`${means}\``}`,
        `- shown by: ${publishedBy(id)
          .map(name => `\`test/${name}\``)
          .join(', ')}`,
        '',
      ]
    }),
  ]
}

/** The words with the names of their facts in place of facts. */
function plain(words: string): string {
  return fillWords(words, Object.fromEntries(factNames(words).map(name => [name, `‹${name}›`])))
}

function link(id: FindingId | null): string {
  return id === null ? 'none: the text does not say' : `[\`${id}\`](#${id})`
}
