import type { Entries } from '#shared/finding/catalogue/entry.ts'

/** What there is to say about the server's certificate: findings of the encrypt step. */
export const CERTIFICATE = {
  'encrypt-certificate-expired': {
    class: 'tls-cert-expired',
    severity: 'error',
    title: 'The certificate of the mail server has expired',
    why: "The certificate[ of {subject}] was valid[ until {notAfter}][ ({days} days ago)]. The server's administrator has to renew it; a wrong clock on this machine looks the same.",
  },
  'encrypt-certificate-not-yet-valid': {
    class: 'tls-cert-expired',
    severity: 'error',
    title: 'The certificate of the mail server is not valid yet',
    why: 'The certificate[ of {subject}] becomes valid[ on {notBefore}]. Either the clock of this machine is wrong, or that of the machine that made it.',
  },
  'encrypt-certificate-self-signed': {
    class: 'tls-cert-self-signed',
    severity: 'error',
    title: 'The server made its certificate itself',
    why: 'Nobody but the server vouches for [{subject}|its certificate], so it could be anybody. If the server is yours, pin its fingerprint.',
  },
  'encrypt-certificate-unknown-issuer': {
    class: 'tls-cert-unknown-issuer',
    severity: 'error',
    title: 'The issuer of the certificate is not known here',
    why: 'The certificate was issued by [{issuer}|an authority], which is not among the authorities that this machine trusts. A private authority has to be added by its CA file.',
  },
  'encrypt-certificate-incomplete-chain': {
    class: 'tls-cert-unknown-issuer',
    severity: 'error',
    title: 'The server does not send its intermediate certificate',
    why: 'The server presents only its own certificate[, issued by {issuer}], and leaves out the one that links it to a trusted authority. Its administrator has to install the full chain.',
  },
  'encrypt-certificate-wrong-name': {
    class: 'tls-cert-name-mismatch',
    severity: 'error',
    title: 'The certificate belongs to another name',
    why: 'You connect to [{host}|a name], and the certificate does not hold that name[; it is for {names}]. Usually the server has a second name that is the right one to use.',
  },
  'encrypt-certificate-intercepted': {
    class: 'antivirus-or-firewall-interception',
    severity: 'error',
    title: 'Something between you and the server opens the encryption',
    why: 'The certificate does not come from the mail server, but from [{issuer}|somebody else]: a program or device that reads encrypted connections, such as an antivirus program, a company firewall, or one at your hosting provider.',
  },
  'encrypt-certificate-revoked': {
    class: 'unknown',
    severity: 'error',
    title: 'The certificate was revoked',
    why: 'The issuer[ ({issuer})] has declared the certificate[ of {subject}] invalid before its time. Do not send a password there.',
  },
  'encrypt-certificate-not-pinned': {
    class: 'unknown',
    severity: 'error',
    title: 'The certificate is not the one that was pinned',
    why: 'The settings hold the fingerprint [{pinned}|of one certificate], and the server presents [{sha256}|another]. Certificates are renewed several times a year; if that was not the reason, somebody else answers.',
  },
  'encrypt-certificate-weak': {
    class: 'tls-no-shared-cipher-or-weak-dh',
    severity: 'error',
    title: 'The certificate is too weak',
    why: 'The key or the signature of the certificate[ ({key})] is no longer considered safe.',
  },
  'encrypt-certificate-not-trusted': {
    class: 'tls-cert-unknown-issuer',
    severity: 'error',
    title: 'The certificate of the mail server is not trusted',
    why: 'The certificate could not be verified[: {reason}].',
  },
  'encrypt-certificate-expires-soon': {
    class: null,
    severity: 'warning',
    title: 'The certificate expires [in {days} days|soon]',
    why: 'The certificate[ of {subject}] is valid [until {notAfter}|for a few days]. If it is not renewed by then, sending stops.',
  },
  'encrypt-certificate-changes': {
    class: null,
    severity: 'warning',
    title: 'The server does not show the same certificate each time',
    why: 'Connections made at the same time were shown [{count}|several] different certificates. Behind a name with several machines one may have been left out at a renewal; if that is not so, somebody answers in the place of the server.',
  },
  'encrypt-staple-missing': {
    class: null,
    severity: 'warning',
    title: 'The certificate demands a stapled answer, and the server sends none',
    why: 'The certificate[ of {subject}] says "must-staple" (RFC 7633): the server has to send its authority’s answer (OCSP) along. Programs with GnuTLS, msmtp among them, refuse the connection without it; others do not notice.',
  },
  'encrypt-staple-stale': {
    class: null,
    severity: 'warning',
    title: 'The stapled answer about the certificate is out of date',
    why: 'The server sends along what its authority said about the certificate (OCSP), and that [held until {nextUpdate}|holds no more]. The server no longer fetches new ones. Programs with GnuTLS, msmtp among them, refuse the connection for that.',
  },
  'encrypt-staple-useless': {
    class: null,
    severity: 'warning',
    title: 'The stapled answer does not vouch for the certificate',
    why: 'The server sends along [{what}|something] where its authority’s answer about the certificate (OCSP) should stand. [{consequence}|Nobody can rely on it].',
  },
  'encrypt-dane-mismatch': {
    class: null,
    severity: 'warning',
    title: 'The certificate is not the one that DNS announces',
    why: 'The signed TLSA records[ of {name}] (DANE, RFC 7672) are about another certificate. Mail servers that heed them do not deliver here; most often a certificate was renewed and the record was not.',
  },
  'encrypt-dane-unusable': {
    class: null,
    severity: 'warning',
    title: 'The TLSA records are of kinds that SMTP does not use',
    why: 'DNS announces [{records}|TLSA records][ at {name}] (DANE), signed; mail servers use only the usages 2 and 3 with digests of the right length (RFC 7672). With none of those they encrypt without checking the certificate.',
  },
  'encrypt-dane-unsigned': {
    class: null,
    severity: 'info',
    title: 'DNS announces the certificate, but the resolver does not call that signed',
    why: 'There are TLSA records[ at {name}] (DANE), and the resolver does not say that they are signed with DNSSEC. Then nobody heeds them: either the zone is not signed, or this resolver does not check signatures.',
  },
  'encrypt-pin-weak': {
    class: null,
    severity: 'warning',
    title: 'The certificate is pinned by [{hash}|an outdated digest], which can be forged',
    why: 'The certificate is the pinned one, by a digest for which a second certificate can be made. Its SHA-256 fingerprint [is {sha256}|stands beside it].',
  },
} as const satisfies Entries<'encrypt'>
