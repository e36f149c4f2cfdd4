import { AccountSettings, type AccountChange } from '#shared/account/account.ts'
import { checkSettings } from '#shared/account/rules.ts'
import { understandHost } from '#shared/account/host-input.ts'
import { findPresetsByName } from '#shared/account/find-preset.ts'
import { PRESETS } from '#shared/account/presets/all.ts'
import { settingsFromPreset } from '#shared/account/settings-from-preset.ts'
import type { SecretInput } from '#shared/contract/run.ts'
import { Problem } from '#shared/problem.ts'
import { readAccountFile } from './account-file.ts'
import { shown } from './accounts.ts'
import { done, PASSWORD_OPTIONS, type Command, type CommandIo } from './command.ts'
import { givenSecret } from './given-secret.ts'
import { findAccount, withServices } from './session.ts'
import { changeFrom, settingsOptions } from './settings-options.ts'

const EMPTY = { account: null, default: false, secret: 'none' }

export const accountsAdd: Command = {
  name: 'accounts add',
  summary: 'store a new account',
  operands: 'NAME',
  arity: [1, 1],
  options: {
    address: {
      type: 'string',
      value: 'ADDRESS',
      help: "the mail address, where the provider's settings are derived from it",
    },
    region: { type: 'string', value: 'REGION', help: "the provider's region, such as eu-central-1" },
    'account-file': { type: 'string', value: 'FILE', help: 'start from these settings; - is standard input' },
    ...settingsOptions(),
    ...PASSWORD_OPTIONS,
  },
  examples: [
    {
      line: 'accounts add work --provider gmail --address you@gmail.com --password-stdin',
      shows: 'stores the account; the password goes to the key ring',
    },
  ],
  empty: EMPTY,
  run: io =>
    withServices(io, async client => {
      const settings = AccountSettings.parse({ ...(await startingPoint(io)), ...withHost(changeFrom(io.options)) })
      noteContradictions(io, settings)
      const view = await client.accounts.create({
        name: io.operands[0] ?? '',
        settings,
        secret: secretInput(await givenSecret(io, null), 'forget'),
      })
      return done(shown(view), stored(view.account.name, view.secret))
    }),
}

export const accountsEdit: Command = {
  name: 'accounts edit',
  summary: 'change settings of an account; an empty value clears one',
  operands: 'NAME',
  arity: [1, 1],
  options: { ...settingsOptions(), ...PASSWORD_OPTIONS },
  examples: [{ line: 'accounts edit work --port 465 --security tls', shows: 'the other settings stay as they are' }],
  empty: EMPTY,
  run: io =>
    withServices(io, async client => {
      const before = await findAccount(client, io.operands[0])
      const change = withHost(changeFrom(io.options))
      noteContradictions(io, { ...before.account, ...change })
      const view = await client.accounts.update({
        id: before.account.id,
        change,
        secret: secretInput(await givenSecret(io, null), 'keep'),
      })
      return done(shown(view), stored(view.account.name, view.secret))
    }),
}

async function startingPoint(io: CommandIo): Promise<AccountChange> {
  const { provider, address, region } = io.options
  const file = io.options['account-file']
  if (typeof file === 'string') return (await readAccountFile(io, file)).settings
  if (typeof provider !== 'string' || provider === '') return {}
  const preset = PRESETS.find(({ id }) => id === provider)
  if (!preset) {
    const near = findPresetsByName(provider)
    throw new Problem('not-found', `there is no provider ‘${provider}’`, {
      field: '--provider',
      remedy:
        near.length === 0
          ? `the providers are ${PRESETS.map(({ id }) => id).join(', ')}`
          : `did you mean ${near
              .slice(0, 3)
              .map(({ id }) => id)
              .join(', ')}?`,
    })
  }
  return settingsFromPreset(preset, {
    ...(typeof address === 'string' ? { address } : {}),
    ...(typeof region === 'string' ? { region } : {}),
  })
}

/** A URL, a port or a stray blank in `--host` is understood; a password in it is not taken. */
function withHost(change: AccountChange): AccountChange {
  if (change.host === undefined || change.host === '') return change
  const host = understandHost(change.host)
  if (!host.ok) throw new Problem('bad-input', host.error.message, { field: '--host', remedy: host.error.remedy })
  const { value } = host
  if (value.hadPassword)
    throw new Problem('bad-input', 'this holds a password', {
      field: '--host',
      remedy: 'give it by --password-stdin or --password-env',
    })
  return {
    ...change,
    host: value.host,
    ...(value.port !== null && change.port === undefined ? { port: value.port } : {}),
    ...(value.security !== null && change.security === undefined ? { security: value.security } : {}),
    ...(value.user !== null && change.user === undefined ? { user: value.user } : {}),
  }
}

function noteContradictions(io: CommandIo, settings: AccountSettings): void {
  for (const { field, message, remedy } of checkSettings(settings)) io.note(`${field}: ${message}; ${remedy}`)
}

function secretInput(value: string | null, otherwise: 'keep' | 'forget'): SecretInput {
  return value === null ? { kind: otherwise } : { kind: 'set', value }
}

function stored(name: string, secret: string): string {
  const where = {
    keyring: 'Its password is in the key ring.',
    session: 'There is no key ring here: its password is not kept, and is asked for each time.',
    none: 'It has no password stored.',
  }[secret]
  return `Stored ${name}. ${where ?? ''}`.trimEnd()
}
