import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { AccountCreate, AccountUpdate, AccountView, ImportResult } from '#shared/contract/account-view.ts'
import {
  ConfigFile,
  ConfigFilePath,
  ConfigFileSave,
  ConfigFileSaved,
  ConfigFileTargets,
} from '#shared/contract/config-files.ts'
import {
  DkimKeyInput,
  DkimKeyMade,
  DomainEvent,
  DomainLookInput,
  MessageCheck,
  MessageCheckInput,
} from '#shared/contract/domain.ts'
import {
  ConsoleClose,
  ConsoleEvent,
  ConsoleReplay,
  ConsoleSafe,
  ConsoleSend,
  ConsoleSignedIn,
  ConsoleSignIn,
  ConsoleStartTls,
  ConsoleTarget,
} from '#shared/contract/console.ts'
import { ConfigureResult } from '#shared/contract/discover.ts'
import { MsmtprcInput, MsmtprcPreview, MsmtprcSaved } from '#shared/contract/msmtprc.ts'
import { InboxEntry, InboxMessage, PracticeEndpoint, PracticeEvent, PracticeStatus } from '#shared/contract/practice.ts'
import { RunEvent, RunInput, RunOptions, RunSummary } from '#shared/contract/run.ts'
import {
  Checked,
  CheckInput,
  LookEvent,
  LookInput,
  PortsEvent,
  PortsInput,
  TlsVersions,
  TlsVersionsInput,
} from '#shared/contract/server-info.ts'
import { AppInfo, Settings, SettingsChange, StorageInfo } from '#shared/contract/settings.ts'
import { LocateEvent, LocateInput } from '#shared/contract/troubleshoot.ts'
import { ProblemData } from '#shared/problem-data.ts'
import { Report } from '#shared/report/report.ts'

/*
 * Every call and stream between a door (window, page, command line) and the engine. Inputs are validated here,
 * once, for all callers. A `Problem` crosses as the typed error PROBLEM; anything else is a bug and is masked.
 */

const call = oc.errors({ PROBLEM: { message: 'the call could not be carried out', data: ProblemData } })

const id = z.string().min(1).max(64)
const byId = z.object({ id })
const nothing = z.object({})

export const contract = {
  app: { info: call.output(AppInfo) },

  accounts: {
    list: call.output(z.array(AccountView)),
    get: call.input(byId).output(AccountView),
    create: call.input(AccountCreate).output(AccountView),
    update: call.input(AccountUpdate).output(AccountView),
    duplicate: call.input(byId).output(AccountView),
    /** Undone by `restore` for as long as the program runs. */
    remove: call.input(byId).output(z.object({ undo: z.string() })),
    restore: call.input(z.object({ undo: z.string().max(64) })).output(AccountView),
    setDefault: call.input(byId).output(nothing),
    /** Any format that we read; `auto` recognises it. */
    importText: call
      .input(z.object({ format: z.string().max(64).default('auto'), text: z.string().max(4_000_000) }))
      .output(ImportResult),
  },

  discover: {
    configure: call
      .input(
        z.object({
          address: z.string().max(320),
          onlineLookup: z.boolean().default(false),
          options: RunOptions.prefault({}),
        }),
      )
      .output(ConfigureResult),
  },

  runs: {
    /** Closing the stream stops the run. */
    run: call.input(RunInput).output(eventIterator(RunEvent)),
    /** Ends a run that streams elsewhere; what is known is kept. */
    stop: call.input(z.object({ runId: id })).output(nothing),
    history: call
      .input(z.object({ accountId: id, limit: z.int().min(1).max(1000).default(100) }))
      .output(z.array(RunSummary)),
    report: call.input(z.object({ runId: id })).output(Report),
  },

  domain: {
    /** Each part as it becomes known. Closing the stream stops the look. */
    look: call.input(DomainLookInput).output(eventIterator(DomainEvent)),
    /** The private key goes into a file of mode 0600, never through here. */
    newDkimKey: call.input(DkimKeyInput).output(DkimKeyMade),
    /** SPF, DKIM and DMARC of a message that somebody pasted; asks the DNS and nobody else. */
    checkMessage: call.input(MessageCheckInput).output(MessageCheck),
  },

  serverInfo: {
    /** No credential is sent. Closing the stream stops the look. */
    look: call.input(LookInput).output(eventIterator(LookEvent)),
    /** Ends a look that streams elsewhere; what is known comes as its last event. */
    stop: call.input(z.object({ lookId: id })).output(nothing),
    /** Rows as they become known; closing the stream stops what is under way. */
    ports: call.input(PortsInput).output(eventIterator(PortsEvent)),
    /** Which versions of TLS the server accepts, each tried on a connection of its own. */
    tlsVersions: call.input(TlsVersionsInput).output(TlsVersions),
    /** Whether the server itself is at risk; only what is asked for is tried. */
    check: call.input(CheckInput).output(Checked),
  },

  troubleshoot: {
    /** Looks for whatever keeps a connection from coming about. No credential is sent. Closing the stream stops it. */
    locate: call.input(LocateInput).output(eventIterator(LocateEvent)),
  },

  console: {
    /** Opens a connection and says nothing on it. Closing the stream closes the connection. */
    open: call.input(ConsoleTarget).output(eventIterator(ConsoleEvent)),
    send: call.input(ConsoleSend).output(nothing),
    startTls: call.input(ConsoleStartTls).output(nothing),
    /** The secret is used once, and neither kept nor shown. */
    signIn: call.input(ConsoleSignIn).output(ConsoleSignedIn),
    setSafe: call.input(ConsoleSafe).output(nothing),
    close: call.input(ConsoleClose).output(nothing),
    /** A session of its own that plays a script. */
    replay: call.input(ConsoleReplay).output(eventIterator(ConsoleEvent)),
  },

  msmtprc: {
    preview: call.input(MsmtprcInput).output(MsmtprcPreview),
    /** Mode 0600, atomic, with a backup of what was there. */
    save: call
      .input(MsmtprcInput.extend({ path: z.string().min(1).max(4096), storeInKeyring: z.boolean().default(false) }))
      .output(MsmtprcSaved),
  },

  configFiles: {
    /** Where msmtp looks for the person's own file, and what it finds around itself. */
    targets: call.output(ConfigFileTargets),
    read: call.input(z.object({ path: ConfigFilePath })).output(ConfigFile),
    /** Mode 0600, atomic, with a backup of what was there; `conflict` when that is not what was opened. */
    save: call.input(ConfigFileSave).output(ConfigFileSaved),
  },

  practice: {
    status: call.output(PracticeStatus),
    start: call.output(PracticeStatus),
    stop: call.output(PracticeStatus),
    setFaults: call.input(z.object({ active: z.array(z.string().max(64)).max(100) })).output(PracticeStatus),
    inbox: call.output(z.array(InboxEntry)),
    message: call.input(byId).output(InboxMessage),
    clearInbox: call.output(nothing),
    /** Makes an account for one of the practice server's doors (its own by default), its password in the session. */
    createAccount: call.input(z.object({ endpoint: PracticeEndpoint.nullable().default(null) })).output(AccountView),
    watch: call.output(eventIterator(PracticeEvent)),
  },

  settings: {
    get: call.output(Settings),
    update: call.input(SettingsChange).output(Settings),
  },

  storage: {
    info: call.output(StorageInfo),
    /** Accounts, secrets, history and settings. */
    deleteAll: call.input(z.object({ confirm: z.literal('delete everything') })).output(nothing),
  },
}
export type Contract = typeof contract
