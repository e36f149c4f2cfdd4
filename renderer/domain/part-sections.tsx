import { Section } from '../shell/page.tsx'
import { DkimView } from './dkim-view.tsx'
import { DmarcView } from './dmarc-view.tsx'
import styles from './domain.module.css'
import { MxView, PtrView } from './hosts-view.tsx'
import { domainOf, type LookState } from './look-state.ts'
import { PartCard } from './part-card.tsx'
import { BlocklistsView, CaaView, DaneView, DelegationView, MtaStsView, TxtView } from './policies-view.tsx'
import { SpfView } from './spf-view.tsx'

/** What exactly is published, part by part. */
export function PartSections({ look }: { readonly look: LookState }) {
  const { parts, domain, ip, waitsFor } = look
  const from = domainOf(look.from)
  const over = look.phase !== 'looking'
  const shared = { parts, over }
  return (
    <>
      <Section title="Who may send">
        <div className={styles.cards}>
          <PartCard kind="spf" purpose="which servers may send for the domain" {...shared}>
            {parts.spf && <SpfView spf={parts.spf} domain={domain} ip={ip} />}
          </PartCard>
          <PartCard kind="dkim" purpose="the keys that signatures are checked with" {...shared}>
            {parts.dkim && <DkimView keys={parts.dkim} domain={from} />}
          </PartCard>
          <PartCard kind="dmarc" purpose="what receivers are asked to do with mail that fails" {...shared}>
            {parts.dmarc && <DmarcView dmarc={parts.dmarc} domain={from} />}
          </PartCard>
          {waitsFor.includes('ptr') && (
            <PartCard kind="ptr" purpose="the name of the sending address" {...shared}>
              {parts.ptr && <PtrView ptr={parts.ptr} />}
            </PartCard>
          )}
          {waitsFor.includes('blocklists') && (
            <PartCard kind="blocklists" purpose="lists that some receivers refuse by" {...shared}>
              {parts.blocklists && <BlocklistsView blocklists={parts.blocklists} />}
            </PartCard>
          )}
        </div>
      </Section>
      <Section title="Who takes mail, and how safely">
        <div className={styles.cards}>
          <PartCard kind="mx" purpose="the mail hosts of the domain" {...shared}>
            {parts.mx && <MxView mx={parts.mx} />}
          </PartCard>
          <PartCard kind="mtaSts" purpose="senders must encrypt, checked by certificate" {...shared}>
            {parts.mtaSts && <MtaStsView mtaSts={parts.mtaSts} domain={domain} />}
          </PartCard>
          <PartCard kind="tlsRpt" purpose="where reports about failed encryption go" {...shared}>
            {parts.tlsRpt && (
              <TxtView
                report={parts.tlsRpt}
                name={`_smtp._tls.${domain}`}
                none="Not published. Nobody tells you when encryption to your hosts fails."
              />
            )}
          </PartCard>
          <PartCard kind="dane" purpose="senders must encrypt, checked by signed DNS" {...shared}>
            {parts.dane && <DaneView dane={parts.dane} mx={parts.mx} />}
          </PartCard>
        </div>
      </Section>
      <Section title="The rest">
        <div className={styles.cards}>
          <PartCard kind="bimi" purpose="the logo that some programs show" {...shared}>
            {parts.bimi && (
              <TxtView
                report={parts.bimi}
                name={`default._bimi.${from}`}
                none="Not published. No logo is shown, which harms nothing."
              />
            )}
          </PartCard>
          <PartCard kind="caa" purpose="who may make certificates" {...shared}>
            {parts.caa && <CaaView caa={parts.caa} domain={domain} />}
          </PartCard>
          {waitsFor.includes('delegation') && (
            <PartCard kind="delegation" purpose="whether each of them knows the zone" {...shared}>
              {parts.delegation && <DelegationView delegation={parts.delegation} />}
            </PartCard>
          )}
        </div>
      </Section>
    </>
  )
}
