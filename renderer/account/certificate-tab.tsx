import type { CertificateFacts } from '#shared/diagnosis/tls-facts.ts'
import type { EncryptEvidence } from '#shared/diagnosis/evidence.ts'
import type { TlsFacts } from '#shared/diagnosis/tls-facts.ts'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { RunState } from '../run/run-state.ts'
import { useNow } from '../shell/ago.tsx'
import { CopyButton } from '../shell/copy-button.tsx'
import { daysUntil, printDay } from '../shell/time.ts'
import styles from './certificate-tab.module.css'

type CertificateTabProps = { readonly run: RunState }

/** Is this the right server: the certificates that it presented, leaf first. */
export function CertificateTab({ run }: CertificateTabProps) {
  const tls = tlsOf(run)
  if (!tls) return <p className={styles.none}>{whyNone(run)}</p>
  return <CertificateChain tls={tls} />
}

type CertificateChainProps = { readonly tls: Omit<TlsFacts, 'distrust'> }

/** The verdict, and each certificate as a card. */
export function CertificateChain({ tls }: CertificateChainProps) {
  return (
    <>
      <p className={styles.summary} data-trusted={tls.trusted}>
        {tls.trusted ? <IconCircleCheck size={18} aria-hidden /> : <IconCircleX size={18} aria-hidden />}
        <span>
          <strong>{tls.trusted ? 'Trusted' : 'Not trusted'}</strong>
          {tls.reason !== null && `: ${tls.reason}`}
        </span>
        <code className={styles.session}>{[tls.protocol, tls.cipher].filter(Boolean).join(' · ')}</code>
      </p>
      <ol className={styles.chain} aria-label="Certificate chain">
        {tls.chain.map((certificate, index) => (
          <li key={certificate.sha256}>
            <CertificateCard certificate={certificate} role={roleOf(certificate, index)} />
          </li>
        ))}
      </ol>
      {tls.chain.length === 0 && <p className={styles.none}>The server presented no certificate.</p>}
    </>
  )
}

type CertificateCardProps = { readonly certificate: CertificateFacts; readonly role: string }

function CertificateCard({ certificate, role }: CertificateCardProps) {
  const days = daysUntil(certificate.notAfter, useNow())
  const names = certificate.altNames.map(name => name.replace(/^DNS:|^IP:/, ''))
  return (
    <article className={styles.card} aria-label={role}>
      <header className={styles.head}>
        <h2 className={styles.subject}>{commonName(certificate.subject)}</h2>
        <span className={styles.role}>{role}</span>
      </header>
      <dl className={styles.facts}>
        {names.length > 0 && (
          <>
            <dt>Names</dt>
            <dd>{names.join(', ')}</dd>
          </>
        )}
        <dt>Issued by</dt>
        <dd>{certificate.issuer}</dd>
        <dt>Subject</dt>
        <dd>{certificate.subject}</dd>
        <dt>Valid</dt>
        <dd>
          {printDay(certificate.notBefore)} to {printDay(certificate.notAfter)}
          <span className={styles.days} data-tone={days < 0 ? 'bad' : days < 14 ? 'warn' : 'ok'}>
            {daysLeft(days)}
          </span>
        </dd>
        <dt>Key</dt>
        <dd>
          {certificate.keyType}
          {certificate.keyBits !== null && ` ${certificate.keyBits} bits`}
          {certificate.signature !== null && `, signed with ${certificate.signature}`}
        </dd>
        {certificate.mustStaple === true && (
          <>
            <dt>Demands</dt>
            <dd>a stapled answer of its authority (OCSP must-staple)</dd>
          </>
        )}
        <dt>Serial number</dt>
        <dd>
          <code>{certificate.serial}</code>
        </dd>
        <dt>SHA-256</dt>
        <dd className={styles.print}>
          <code>{certificate.sha256}</code>
          <CopyButton text={certificate.sha256} what="SHA-256 fingerprint" />
        </dd>
        <dt>SHA-1</dt>
        <dd className={styles.print}>
          <code>{certificate.sha1}</code>
          <CopyButton text={certificate.sha1} what="SHA-1 fingerprint" />
        </dd>
      </dl>
    </article>
  )
}

function tlsOf(run: RunState): TlsFacts | null {
  const evidence = encryptEvidence(run)
  return evidence && 'tls' in evidence ? evidence.tls : null
}

function encryptEvidence(run: RunState): EncryptEvidence | null {
  const step = run.steps.find(candidate => candidate.id === 'encrypt')
  return step?.id === 'encrypt' ? step.evidence : null
}

function whyNone(run: RunState): string {
  if (run.phase === 'none') return 'Test the connection to see the certificates that the server presents.'
  const evidence = encryptEvidence(run)
  if (evidence?.kind === 'plain') return 'This account does not encrypt, so the server presented no certificate.'
  return 'The last run ended before the server presented a certificate. The Path tab says why.'
}

function roleOf(certificate: CertificateFacts, index: number): string {
  if (index === 0) return certificate.subject === certificate.issuer ? 'Server, signed by itself' : 'Server'
  return certificate.subject === certificate.issuer ? 'Root authority' : 'Intermediate authority'
}

function commonName(subject: string): string {
  return /(?:^|,)\s*CN=([^,]+)/i.exec(subject)?.[1] ?? subject
}

function daysLeft(days: number): string {
  const whole = days < 0 ? -days - 1 : days
  const counted = whole === 1 ? '1 day' : `${whole} days`
  if (days >= 0) return `${counted} left`
  return whole === 0 ? 'expired today' : `expired ${counted} ago`
}
