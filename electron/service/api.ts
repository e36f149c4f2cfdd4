import { implement } from '@orpc/server'
import { contract } from '#shared/contract.ts'
import type { AppInfo } from '#shared/contract/settings.ts'
import type { Accounts } from '#service/accounts.ts'
import type { ConfigFiles } from '#service/config-files.ts'
import type { Configure } from '#service/configure.ts'
import type { Consoles } from '#service/consoles.ts'
import type { DomainService } from '#service/domain.ts'
import { type Log, translateError, translateErrors } from '#service/door.ts'
import type { ImportText } from '#service/import-text.ts'
import type { ServerLooks } from '#service/looks/server-looks.ts'
import type { MsmtprcService } from '#service/msmtprc.ts'
import type { PracticeAccounts } from '#service/practice-accounts.ts'
import type { Locate } from '#service/looks/locate.ts'
import type { LazyPractice } from '#service/lazy-practice.ts'
import type { Runs } from '#service/runs.ts'
import type { SettingsService } from '#service/settings.ts'
import type { Storage } from '#service/storage.ts'

/** What the router is made of. */
export type Parts = {
  readonly info: () => Promise<AppInfo>
  readonly accounts: Accounts
  readonly importText: ImportText
  readonly configure: Configure
  readonly domain: DomainService
  readonly runs: Runs
  readonly looks: ServerLooks
  readonly locate: Locate
  readonly consoles: Consoles
  readonly msmtprc: MsmtprcService
  readonly configFiles: ConfigFiles
  readonly practice: LazyPractice
  readonly practiceAccounts: PracticeAccounts
  readonly settings: SettingsService
  readonly storage: Storage
  /** Stops and closes whatever holds files, before they are deleted; all of it can be used again. */
  readonly letGo: () => Promise<void>
  readonly log: Log
}

export type Router = ReturnType<typeof createRouter>

/** Implements the contract; every door serves this one router. */
export function createRouter(parts: Parts) {
  const { accounts, runs, looks, consoles, msmtprc, practice, settings, storage } = parts
  const os = implement(contract).use(async ({ next, path, signal }) => {
    const translate = (error: unknown) => translateError(error, path.join('.'), signal?.aborted ?? false, parts.log)
    try {
      const result = await next()
      return isStream(result.output) ? { ...result, output: translateErrors(result.output, translate) } : result
    } catch (error) {
      throw translate(error)
    }
  })

  return os.router({
    app: { info: os.app.info.handler(() => parts.info()) },

    accounts: {
      list: os.accounts.list.handler(() => accounts.list()),
      get: os.accounts.get.handler(({ input }) => accounts.get(input.id)),
      create: os.accounts.create.handler(({ input }) => accounts.create(input)),
      update: os.accounts.update.handler(({ input }) => accounts.update(input)),
      duplicate: os.accounts.duplicate.handler(({ input }) => accounts.duplicate(input.id)),
      remove: os.accounts.remove.handler(({ input }) => accounts.remove(input.id)),
      restore: os.accounts.restore.handler(({ input }) => accounts.restore(input.undo)),
      setDefault: os.accounts.setDefault.handler(({ input }) => {
        accounts.setDefault(input.id)
        return {}
      }),
      importText: os.accounts.importText.handler(({ input }) => parts.importText(input.format, input.text)),
    },

    discover: {
      configure: os.discover.configure.handler(({ input, signal }) => parts.configure(input, signal)),
    },

    domain: {
      look: os.domain.look.handler(({ input, signal }) => parts.domain.look(input, signal)),
      newDkimKey: os.domain.newDkimKey.handler(({ input }) => parts.domain.newDkimKey(input)),
      checkMessage: os.domain.checkMessage.handler(({ input, signal }) => parts.domain.checkMessage(input, signal)),
    },

    runs: {
      run: os.runs.run.handler(({ input, signal }) => runs.run(input, signal)),
      stop: os.runs.stop.handler(({ input }) => {
        runs.stop(input.runId)
        return {}
      }),
      history: os.runs.history.handler(({ input }) => runs.history(input.accountId, input.limit)),
      report: os.runs.report.handler(({ input }) => runs.report(input.runId)),
    },

    serverInfo: {
      look: os.serverInfo.look.handler(({ input, signal }) => looks.look(input, signal)),
      stop: os.serverInfo.stop.handler(({ input }) => {
        looks.stop(input.lookId)
        return {}
      }),
      ports: os.serverInfo.ports.handler(({ input, signal }) => looks.ports(input, signal)),
      tlsVersions: os.serverInfo.tlsVersions.handler(({ input, signal }) => looks.tlsVersions(input, signal)),
      check: os.serverInfo.check.handler(({ input, signal }) => looks.check(input, signal)),
    },

    troubleshoot: {
      locate: os.troubleshoot.locate.handler(({ input, signal }) => parts.locate(input, signal)),
    },

    console: {
      open: os.console.open.handler(({ input, signal }) => consoles.open(input, signal)),
      send: os.console.send.handler(async ({ input }) => {
        await consoles.send(input.sessionId, input.line)
        return {}
      }),
      startTls: os.console.startTls.handler(async ({ input }) => {
        await consoles.startTls(input.sessionId, input.announce)
        return {}
      }),
      signIn: os.console.signIn.handler(async ({ input }) => ({ evidence: await consoles.signIn(input) })),
      setSafe: os.console.setSafe.handler(({ input }) => {
        consoles.setSafe(input.sessionId, input.safe)
        return {}
      }),
      close: os.console.close.handler(({ input }) => {
        consoles.closeSession(input.sessionId)
        return {}
      }),
      replay: os.console.replay.handler(({ input, signal }) => consoles.replay(input, signal)),
    },

    msmtprc: {
      preview: os.msmtprc.preview.handler(({ input }) => msmtprc.preview(input)),
      save: os.msmtprc.save.handler(({ input }) => msmtprc.save(input)),
    },

    configFiles: {
      targets: os.configFiles.targets.handler(() => parts.configFiles.targets()),
      read: os.configFiles.read.handler(({ input }) => parts.configFiles.read(input.path)),
      save: os.configFiles.save.handler(({ input }) => parts.configFiles.save(input)),
    },

    practice: {
      status: os.practice.status.handler(async () => (await practice.get()).status()),
      start: os.practice.start.handler(async () => (await practice.get()).start()),
      stop: os.practice.stop.handler(async () => (await practice.get()).stop()),
      setFaults: os.practice.setFaults.handler(async ({ input }) => (await practice.get()).setFaults(input.active)),
      inbox: os.practice.inbox.handler(async () => [...(await practice.get()).inbox()]),
      message: os.practice.message.handler(async ({ input }) => (await practice.get()).message(input.id)),
      clearInbox: os.practice.clearInbox.handler(async () => {
        ;(await practice.get()).clearInbox()
        return {}
      }),
      createAccount: os.practice.createAccount.handler(({ input }) => parts.practiceAccounts.create(input.endpoint)),
      watch: os.practice.watch.handler(async ({ signal }) =>
        (await practice.get()).watch(signal ?? new AbortController().signal),
      ),
    },

    settings: {
      get: os.settings.get.handler(() => settings.get()),
      update: os.settings.update.handler(({ input }) => settings.update(input)),
    },

    storage: {
      info: os.storage.info.handler(() => storage.info()),
      deleteAll: os.storage.deleteAll.handler(async () => {
        await storage.deleteAll(parts.letGo)
        return {}
      }),
    },
  })
}

function isStream(output: unknown): output is AsyncIterable<never> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output
}
