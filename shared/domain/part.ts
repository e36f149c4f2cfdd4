import { z } from 'zod'
import { CaaReport, DelegationReport } from '#shared/domain/aside.ts'
import { DmarcReport } from '#shared/domain/dmarc.ts'
import {
  BlocklistReport,
  DaneReport,
  DkimKeyReport,
  MtaStsReport,
  MxReport,
  PtrReport,
  TxtReport,
} from '#shared/domain/report.ts'
import { SpfReport } from '#shared/domain/spf.ts'

/** One part of what is observed of a domain, as it becomes known. */
export const DomainPart = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mx'), value: MxReport }),
  z.object({ kind: z.literal('spf'), value: SpfReport }),
  z.object({ kind: z.literal('dmarc'), value: DmarcReport }),
  z.object({ kind: z.literal('dkim'), value: z.array(DkimKeyReport) }),
  z.object({ kind: z.literal('ptr'), value: PtrReport }),
  z.object({ kind: z.literal('mtaSts'), value: MtaStsReport }),
  z.object({ kind: z.literal('tlsRpt'), value: TxtReport }),
  z.object({ kind: z.literal('dane'), value: z.array(DaneReport) }),
  z.object({ kind: z.literal('bimi'), value: TxtReport }),
  z.object({ kind: z.literal('caa'), value: CaaReport }),
  z.object({ kind: z.literal('blocklists'), value: z.array(BlocklistReport) }),
  z.object({ kind: z.literal('delegation'), value: DelegationReport }),
])
export type DomainPart = z.infer<typeof DomainPart>
export type DomainPartKind = DomainPart['kind']
