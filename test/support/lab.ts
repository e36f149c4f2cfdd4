import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthority, type Authority, type Identity } from './certificates.ts'

/** A certificate for a played server, and a folder of its own with the CA file that a command is to trust. */
export type Lab = {
  readonly folder: string
  readonly caFile: string
  readonly authority: Authority
  readonly identity: Identity
  close(): Promise<void>
}

export async function createLab(): Promise<Lab> {
  const folder = await mkdtemp(join(tmpdir(), 'mailwright-lab-'))
  const authority = await createAuthority()
  const caFile = join(folder, 'ca.pem')
  await writeFile(caFile, authority.pem)
  return { folder, caFile, authority, identity: await authority.issue(), close: () => rm(folder, { recursive: true }) }
}
