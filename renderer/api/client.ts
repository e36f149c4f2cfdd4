import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { Contract } from '#shared/contract.ts'
import { createStore } from '../shell/store.ts'
import type { Connection } from './connection.ts'
import { openWebDoor } from './web-door.ts'
import { openWindowDoor } from './window-door.ts'

export type Client = ContractRouterClient<Contract>

export const connection = createStore<Connection, Connection>((_, next) => next, { kind: 'connecting' })

const door =
  window.mailwright?.door === 'window'
    ? { link: openWindowDoor(connection.dispatch), retry: null }
    : openWebDoor(connection.dispatch)

export const client: Client = createORPCClient(door.link)

/** Query keys and options for every call. */
export const api = createTanstackQueryUtils(client)

/** Tries to reach the engine now; null where the door cannot be opened again. */
export const retryConnection = door.retry
