import { printAccountFile } from '#shared/account/account-file.ts'
import { portOf } from '#shared/account/port-of.ts'
import type { AccountView } from '#shared/contract/account-view.ts'
import { done, type Command, type CommandIo, type CommandResult } from './command.ts'
import { findAccount, withServices, type Client } from './session.ts'

const SHOWN = { account: null, default: false, secret: 'none' }

export const accountsList: Command = {
  name: 'accounts list',
  summary: 'the stored accounts',
  operands: '',
  arity: [0, 0],
  options: {},
  examples: [{ line: 'accounts list', shows: 'name, server, user and when each last worked; * marks the default' }],
  empty: { accounts: [] },
  run: io =>
    withServices(io, async client => {
      const views = await client.accounts.list()
      const text =
        views.length === 0
          ? 'There are no accounts yet. Make one: mailwright accounts add NAME --provider gmail --address you@gmail.com'
          : views.map(line).join('\n')
      return done({ accounts: views.map(shown) }, text)
    }),
}

export const accountsShow: Command = {
  name: 'accounts show',
  summary: 'the settings of an account, in the form that --account-file takes',
  operands: '[NAME]',
  arity: [0, 1],
  options: {},
  examples: [
    {
      line: 'accounts show work --json > work.json',
      shows: 'settings without any secret, for diagnose --account-file work.json',
    },
  ],
  empty: {},
  run: io =>
    withServices(io, async client => {
      const view = await findAccount(client, io.operands[0])
      const file = printAccountFile(view.account)
      const rows = Object.entries(file).filter(([, value]) => value !== null)
      const width = Math.max(...rows.map(([key]) => key.length))
      return done(
        file,
        rows
          .map(([key, value]) => `${key.padEnd(width)}  ${typeof value === 'string' ? value : JSON.stringify(value)}`)
          .join('\n'),
      )
    }),
}

export const accountsRemove: Command = {
  name: 'accounts remove',
  summary: 'remove an account and its stored secret',
  operands: 'NAME',
  arity: [1, 1],
  options: {},
  examples: [{ line: 'accounts remove old', shows: 'removes the account, its history and its password' }],
  empty: SHOWN,
  run: io =>
    change(io, async (client, view) => {
      await client.accounts.remove({ id: view.account.id })
      return done(shown(view), `Removed ${view.account.name}.`)
    }),
}

export const accountsRename: Command = {
  name: 'accounts rename',
  summary: 'give an account another name',
  operands: 'NAME NEW-NAME',
  arity: [2, 2],
  options: {},
  examples: [{ line: 'accounts rename work office', shows: 'the account is called office from now on' }],
  empty: SHOWN,
  run: io =>
    change(io, async (client, view) => {
      const renamed = await client.accounts.update({ id: view.account.id, name: io.operands[1] ?? '' })
      return done(shown(renamed), `Renamed ${view.account.name} to ${renamed.account.name}.`)
    }),
}

export const accountsDefault: Command = {
  name: 'accounts default',
  summary: 'make an account the default one',
  operands: 'NAME',
  arity: [1, 1],
  options: {},
  examples: [{ line: 'accounts default work', shows: 'commands without an account use it from now on' }],
  empty: SHOWN,
  run: io =>
    change(io, async (client, view) => {
      await client.accounts.setDefault({ id: view.account.id })
      return done({ ...shown(view), default: true }, `${view.account.name} is the default account.`)
    }),
}

/** An account as every `accounts` command answers with it. */
export function shown(view: AccountView): object {
  return {
    account: printAccountFile(view.account),
    default: view.isDefault,
    secret: view.secret,
    lastRun: view.lastRun,
    lastWorkedAt: view.lastWorkedAt,
  }
}

function change(
  io: CommandIo,
  work: (client: Client, view: AccountView) => Promise<CommandResult>,
): Promise<CommandResult> {
  return withServices(io, async client => work(client, await findAccount(client, io.operands[0])))
}

function line(view: AccountView): string {
  const { account } = view
  const where = account.socket ?? `${account.host}:${portOf(account)}`
  const worked = view.lastWorkedAt === null ? 'not seen working yet' : `last worked ${view.lastWorkedAt}`
  return `${view.isDefault ? '*' : ' '} ${account.name}  ${where}  ${account.user ?? 'no sign-in'}  ${worked}`
}
