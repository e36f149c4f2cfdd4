import { type Account, Account as AccountSchema } from '#shared/account/account.ts'
import { addressFaultMessage, parseAddress } from '#shared/account/address.ts'
import type { FieldName } from '#shared/account/field.ts'
import { checkSettings } from '#shared/account/rules.ts'
import { tlsLimitsOf } from '#shared/account/tls-limits.ts'
import type { RunInput } from '#shared/contract/run.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { Problem } from '#shared/problem.ts'
import type { Report } from '#shared/report/report.ts'
import type { DiagnosisEvent, DiagnosisInput, DiagnosisOptions, SuppliedSecret } from '#engine/diagnosis/diagnosis.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { sealSecret } from '#engine/sasl/secret.ts'
import { readBoundedFile } from '#service/bounded-file.ts'
import { readCa } from '#service/read-ca.ts'
import { requireCiphers } from '#service/require-ciphers.ts'
import { secretValue } from '#service/secrets/secret-input.ts'
import type { RunDomainLookup } from '#service/runs/domain-lookup.ts'
import type { ResolverFor } from '#service/runs/resolvers.ts'
import type { MessageFor } from '#service/runs/message.ts'

export type PreparedRun = {
  /** As it is reported: without the changes that hold for this run only. */
  readonly account: Account
  /** Whether it is a stored account, whose runs are kept. */
  readonly saved: boolean
  readonly recipients: readonly string[]
  diagnose(): AsyncGenerator<DiagnosisEvent, void, void>
}

/** Everything that a run needs, gathered and checked before anything is sent. @throws Problem */
export type PrepareRun = (input: RunInput, earlier: Report | null, stopped: AbortSignal) => Promise<PreparedRun>

export type PrepareParts = {
  readonly findAccount: (id: string) => Account
  readonly supplySecret: (account: Account) => Promise<SuppliedSecret>
  /** A CA to trust beside those that the account and the caller name; null: none. */
  readonly caFileOf: (account: Account) => string | null
  readonly settings: () => Settings
  readonly resolverFor: ResolverFor
  readonly domainLookup: RunDomainLookup
  readonly messageFor: MessageFor
  readonly now: () => Date
}

/** Settings that the engine cannot begin with. The other contradictions are for it to observe: that is what it is for. */
const NEEDED: readonly FieldName[] = [
  'host',
  'port',
  'sourceIp',
  'proxy',
  'ipFamily',
  'ehlo',
  'from',
  'hostOverride',
  'fingerprint',
  'clientCertFile',
  'clientKeyFile',
]

export function createPrepareRun(parts: PrepareParts): PrepareRun {
  return async (input, earlier, stopped) => {
    const { target, options } = input
    const account =
      target.kind === 'saved'
        ? { ...parts.findAccount(target.id), ...target.change }
        : AccountSchema.parse({ ...target.settings, id: 'draft', name: target.name })
    requireRunnable(account)
    if (options.ciphers !== null) requireCiphers(options.ciphers, 'bad-input', 'ciphers')
    const chosen = {
      ...account,
      tlsMin: options.tlsMin ?? account.tlsMin,
      ciphers: options.ciphers ?? account.ciphers,
      requireTls: options.requireTls || account.requireTls,
    }
    const recipients = recipientsOf(input)
    const settings = parts.settings()
    const chosenResolver = options.resolver ?? settings.resolver
    const resolver = await parts.resolverFor(chosenResolver, account, input.reuse === null)
    const secret = await secretFor(input, account, parts)
    const message = input.purpose === 'send' ? await parts.messageFor(input, account, recipients) : null
    const family = options.family ?? account.ipFamily
    const ehlo = options.ehlo ?? account.ehlo ?? settings.ehlo
    const caFile = options.caFile ?? parts.caFileOf(account)
    const extraCa = caFile === null ? null : await readCa(caFile)
    const timeoutMs = options.timeoutMs ?? settings.timeoutSeconds * 1000

    const diagnosis: DiagnosisInput = {
      account: { ...chosen, ipFamily: family, from: senderFor(input, account) },
      secret,
      purpose: input.purpose,
      sendTo: recipients,
      ...(message === null ? {} : { message }),
    }
    return {
      account,
      saved: target.kind === 'saved',
      recipients,
      async *diagnose() {
        const { diagnose } = await import('#engine/diagnosis/run.ts')
        const deadline = new Deadline(timeoutMs, stopped)
        const engineOptions: DiagnosisOptions = {
          deadline,
          resolver: resolver.forHosts,
          insecure: options.insecure,
          chunking: options.chunking,
          now: parts.now,
          readFile: readBoundedFile,
          domainLookup: parts.domainLookup(earlier, { ...account, ehlo }, resolver),
          ...(extraCa === null ? {} : { extraCa }),
          ...(family === 'any' ? {} : { family: family === '4' ? (4 as const) : (6 as const) }),
          ...(ehlo === null ? {} : { ehlo }),
        }
        yield* diagnose(diagnosis, engineOptions)
      },
    }
  }
}

function requireRunnable(account: Account): void {
  const wrong = checkSettings(account).find(({ severity, field }) => severity === 'error' && NEEDED.includes(field))
  if (wrong) throw new Problem('configuration', wrong.message, { field: wrong.field, remedy: wrong.remedy })
  const { ciphers } = tlsLimitsOf(account)
  if (ciphers !== null) requireCiphers(ciphers, 'configuration', account.ciphers === null ? 'priorities' : 'ciphers')
}

/** Who the message is for; empty: the engine takes the account's own address. */
function recipientsOf({ message, purpose, sendTo }: RunInput): readonly string[] {
  if (message !== null) return message.rcptTo.map(address => checkedAddress(address, 'message.rcptTo'))
  if (sendTo !== null) return [checkedAddress(sendTo, 'sendTo')]
  if (purpose === 'test') return []
  throw new Problem('bad-input', 'nobody is named to send the message to', {
    field: 'sendTo',
    remedy: 'Give the address that it should go to.',
  })
}

function senderFor({ message }: RunInput, account: Account): string | null {
  if (message === null || message.mailFrom === null) return account.from
  return checkedAddress(message.mailFrom, 'message.mailFrom')
}

function checkedAddress(text: string, field: string): string {
  const parsed = parseAddress(text)
  if (parsed.ok) return parsed.value.address
  throw new Problem('bad-input', addressFaultMessage(parsed.error), {
    field,
    remedy: 'Give an address such as anna@example.org.',
  })
}

async function secretFor({ target }: RunInput, account: Account, parts: PrepareParts): Promise<SuppliedSecret> {
  const given = await secretValue(target.secret)
  if (given !== null) return { kind: 'known', secret: sealSecret(given) }
  if (target.kind === 'saved' && target.secret.kind === 'keep') return parts.supplySecret(account)
  return { kind: 'missing', because: account.secret.kind === 'command' ? 'command-not-run' : 'not-asked' }
}
