import type { ServerInfo } from '#shared/contract/server-info.ts'
import { CertificateChain } from '../account/certificate-tab.tsx'
import { CopyButton } from '../shell/copy-button.tsx'
import { Section } from '../shell/page.tsx'
import styles from './server-info.module.css'

type CertificatesProps = { readonly tls: NonNullable<ServerInfo['tls']> }

/** The chain as it was presented, and the line that pins its first certificate. */
export function Certificates({ tls }: CertificatesProps) {
  const [leaf] = tls.chain
  const pin = leaf && `tls_fingerprint ${leaf.sha256}`
  return (
    <Section title="Certificates">
      <CertificateChain tls={tls} />
      {pin !== undefined && (
        <div className={styles.pin}>
          <p>
            <strong>Pin it in msmtprc:</strong> with this line msmtp takes this very certificate and asks no authority.
            It must be changed whenever the server’s certificate is renewed, several times a year with most authorities.
          </p>
          <p className={styles.line}>
            <code>{pin}</code>
            <CopyButton text={pin} what="msmtprc line" />
          </p>
        </div>
      )}
    </Section>
  )
}
