import { homedir, hostname } from 'node:os'
import { createRouterClient } from '@orpc/server'
import type { AppInfo } from '#shared/contract/settings.ts'
import { Accounts } from '#service/accounts.ts'
import { createRouter, type Router } from '#service/api.ts'
import { ConfigFiles } from '#service/config-files.ts'
import { createConfigure } from '#service/configure.ts'
import { Consoles } from '#service/consoles.ts'
import { DomainService, type LookPorts } from '#service/domain.ts'
import type { Log } from '#service/door.ts'
import { type Environment, homeDir } from '#service/home.ts'
import { createImportText } from '#service/import-text.ts'
import { Intervals, INTERVALS } from '#service/intervals.ts'
import { Journal } from '#service/journal.ts'
import { createLocate, runsInContainer } from '#service/looks/locate.ts'
import { createPrepareLook } from '#service/looks/prepare-look.ts'
import { ServerLooks } from '#service/looks/server-looks.ts'
import { MsmtprcService } from '#service/msmtprc.ts'
import { createOutboxDelivery, type OutboxDelivery } from '#service/outbox-delivery.ts'
import { Outbox } from '#service/outbox.ts'
import { PracticeAccounts } from '#service/practice-accounts.ts'
import { LazyPractice } from '#service/lazy-practice.ts'
import { lookupDomainForRun } from '#service/runs/domain-lookup.ts'
import { messageFor } from '#service/runs/message.ts'
import { createPrepareRun } from '#service/runs/prepare.ts'
import { createResolvers } from '#service/runs/resolvers.ts'
import { Runs } from '#service/runs.ts'
import { openKeyring } from '#service/secrets/keyring.ts'
import { openSafeStorage, type SafeStorage } from '#service/secrets/safe-storage.ts'
import { Secrets } from '#service/secrets/secrets.ts'
import { SettingsService } from '#service/settings.ts'
import { Storage } from '#service/storage.ts'
import { JsonStore, type StoreClass } from '#service/store/json-store.ts'
import { ACCOUNTS, SETTINGS } from '#service/store/specs.ts'
import packageJson from '../../package.json' with { type: 'json' }

export type ServiceOptions = {
  readonly door: AppInfo['door']
  readonly env: Environment
  /** Where everything is stored; found from the environment where absent. */
  readonly home?: string
  readonly platform?: NodeJS.Platform
  /** electron-store's class in the window; conf's where absent. */
  readonly StoreFile?: StoreClass
  /** Electron's, in the window: used where the system's key ring does not answer. */
  readonly safeStorage?: SafeStorage
  /** Gets one line for each bug that was masked. */
  readonly log?: Log
  /** Where looks at a domain go in tests: real servers stand at ports that are not theirs to take there. */
  readonly lookPorts?: LookPorts
}

export type Services = {
  readonly home: string
  readonly router: Router
  /** The same router in this process, typed by the contract. */
  readonly client: ReturnType<typeof createClient>
  readonly settings: SettingsService
  readonly intervals: Intervals
  readonly outbox: Outbox
  readonly delivery: OutboxDelivery
  /** A store file that could not be read and lies aside. Asks no key ring, as `app.info` does. */
  storeProblem(): AppInfo['storeProblem']
  /** Ends what runs, forgets what was kept in memory, closes what is open. */
  close(): Promise<void>
}

/** The one place that wires the services together. Opens nothing: files, key ring and servers wait until they are used. */
export async function createServices(options: ServiceOptions): Promise<Services> {
  const { door, env, platform = process.platform, log = () => undefined } = options
  const now = () => new Date()
  const userHome = env['HOME'] || homedir()
  const home = options.home ?? homeDir(env, platform, userHome)
  const StoreFile = options.StoreFile ?? (await import('conf')).default

  const machine = { platform, env, userHome, hostname: hostname() }
  const accountStore = new JsonStore(home, ACCOUNTS, StoreFile, now)
  const settingsStore = new JsonStore(home, SETTINGS, StoreFile, now)
  const intervals = new Intervals(new JsonStore(home, INTERVALS, StoreFile, now), now)
  const journal = new Journal(home, now)
  const outbox = new Outbox(home, now)
  const secrets = new Secrets([
    () => openKeyring(env, platform),
    ...(options.safeStorage ? [safeStorageIn(options.safeStorage, home, StoreFile, now)] : []),
  ])
  const practice = new LazyPractice(home)
  const accounts = new Accounts(accountStore, secrets, journal)
  const settings = new SettingsService(settingsStore)
  const resolverFor = createResolvers(
    () => practice.dns(),
    () => settings.get().resolverCaFile,
  )
  const prepare = createPrepareRun({
    findAccount: id => accounts.find(id),
    supplySecret: async account => practice.secretOf(account) ?? secrets.supply(account),
    // An account of the relay has no CA of its own, and needs one as soon as encryption is turned on.
    caFileOf: ({ provider, host, port }) => (provider === 'practice' ? practice.caFileAt(host, port) : null),
    settings: () => settings.get(),
    resolverFor,
    domainLookup: lookupDomainForRun,
    messageFor,
    now,
  })
  const { version } = packageJson
  const runs = new Runs(prepare, journal, { name: 'mailwright', version, platform }, log)
  const practiceCa = (host: string, port: number | null) => practice.caFileAt(host, port)
  const prepareLook = createPrepareLook({ settings: () => settings.get(), resolverFor, practiceCa, now })
  const looks = new ServerLooks(prepareLook)
  const consoles = new Consoles(prepareLook)

  const letGo = async () => {
    looks.close()
    consoles.close()
    await runs.close()
    await practice.stop()
    accounts.close()
    secrets.close()
    journal.close()
  }
  const storeProblem = () => accountStore.problem() ?? settingsStore.problem() ?? journal.problem()
  const delivery = createOutboxDelivery(outbox, runs)
  const ended = new AbortController()
  // A command of the command line ends at once; what stays open goes on with what waits.
  if (door !== 'cli') delivery.keepDelivering(ended.signal)

  const router = createRouter({
    info: async () => ({
      version,
      door,
      platform,
      secretStore: await secrets.where(),
      storeProblem: storeProblem(),
    }),
    accounts,
    importText: createImportText(accounts),
    configure: createConfigure(resolverFor, () => settings.get()),
    domain: new DomainService(
      resolverFor,
      () => settings.get(),
      id => accounts.find(id),
      home,
      now,
      options.lookPorts,
    ),
    runs,
    looks,
    locate: createLocate(prepareLook, () => runsInContainer(env)),
    consoles,
    msmtprc: new MsmtprcService(accounts, secrets, machine, now),
    configFiles: new ConfigFiles(machine, now),
    practice,
    practiceAccounts: new PracticeAccounts(practice, accounts, secrets),
    settings,
    storage: new Storage(home, accounts, secrets),
    letGo,
    log,
  })
  return {
    home,
    router,
    client: createClient(router),
    settings,
    intervals,
    outbox,
    delivery,
    storeProblem,
    async close() {
      ended.abort()
      await letGo()
      await practice.close()
    },
  }
}

/** Calls the router without a door between: for the command line. */
function createClient(router: Router) {
  return createRouterClient(router)
}

function safeStorageIn(safeStorage: SafeStorage, home: string, StoreFile: StoreClass, now: () => Date) {
  return () => Promise.resolve(openSafeStorage(safeStorage, home, StoreFile, now))
}
