import { HINT, LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** What TLS libraries say about certificates. */
export const CERTIFICATES: Table = {
  source: 'X509_STORE_CTX_get_error(3), Go crypto/x509, PKIX, .NET SslPolicyErrors, NSS, rustls',
  rows: [
    [
      'tls-cert-expired',
      SURE,
      `
      certificate has expired | cert_has_expired | certificate_expired | certificate expired |
      certificate is expired | expired certificate | alert certificate expired | certificate is not yet valid |
      cert_not_yet_valid | not yet valid | certificate will not be valid | certexpired |
      certificateexpiredexception | validity check failed | num=10: |
      certificate verify failed: certificate has expired | the certificate validity period |
      not within its validity period | nottimevalid | sec_error_expired_certificate |
      certificate chain uses expired certificate
      `,
    ],
    [
      'tls-cert-self-signed',
      SURE,
      `
      depth_zero_self_signed_cert | num=18: | certificate verify failed: self signed certificate ( |
      certificate verify failed: self-signed certificate ( | the certificate is self-signed |
      certificate is self signed | self signed certificate error
      `,
    ],
    [
      'tls-cert-self-signed',
      LIKELY,
      `
      self signed certificate | self-signed certificate | self-signed cert | self signed cert
      `,
    ],
    [
      'tls-cert-unknown-issuer',
      SURE,
      `
      unable to get local issuer certificate | unable_to_get_issuer_cert | unable to verify the first certificate |
      unable_to_verify_leaf_signature | signed by unknown authority | unable to find valid certification path |
      pkix path building failed | path does not chain | unknownissuer | unknown issuer | issuer is unknown |
      sec_error_unknown_issuer | untrusted issuer | untrusted root | untrustedroot | authority is invalid |
      num=20: | num=21: | num=19: | partialchain | unable to get issuer certificate | unknown ca |
      certificate is not trusted | certificate … not trusted | server certificate not trusted |
      untrusted certificate | certificate authority is not trusted | hasn't got a known issuer |
      no trusted certificate found | certificate chain was issued by an authority that is not trusted |
      no issuer was found | tls certificate verification failed | not signed by a trusted |
      unable to get certificate crl
      `,
    ],
    [
      'tls-cert-unknown-issuer',
      LIKELY,
      `
      self_signed_cert_in_chain | self signed certificate in certificate chain |
      self-signed certificate in certificate chain | remotecertificatechainerrors | remote certificate is invalid |
      remote certificate was rejected | trustfailure
      `,
    ],
    [
      'tls-cert-unknown-issuer',
      MAYBE,
      `
      certificate verify failed | certificate verification failed | certificate_verify_failed |
      certificate validation failed | certificate unknown | ssl certificate problem | certificate check failed |
      bad certificate
      `,
    ],
    [
      'tls-cert-name-mismatch',
      SURE,
      `
      err_tls_cert_altname_invalid | does not match certificate | did not match expected cn |
      doesn't match any of the subject alternative names | certificate is valid for | hostname mismatch |
      host name mismatch | hostname doesn't match | hostname does not match | host name does not match |
      remotecertificatenamemismatch | no subject alternative | no alternative certificate subject name matches |
      no subject alternative dns name matching | certificate subject name | certificate name mismatch |
      does not match target host name | does not match the host | is not in the cert's altnames |
      hostname verification failed | certificate owner does not match hostname |
      the name in the certificate does not match | cn does not match | common name does not match |
      ssl_error_bad_cert_domain | notvalidforname | invalid common name | doesn't contain any ip sans |
      because it doesn't contain any ip | x509: certificate relies on legacy common name | ip address mismatch |
      name mismatch | server certificate does not match | certificate's common name | wrong principal |
      certificate cannot be verified for host | dnsname … does not match | does not match the server |
      does not match hostname | altnames | is valid for … not | peer certificate cn | valid for … not |
      no matching certificate name | names … do not match | hostname/ip | doesn't match the hostname |
      target name is incorrect | certificate … doesn't match | certificate … does not match
      `,
    ],
    [
      'tls-cert-name-mismatch',
      MAYBE,
      `
      hostname … certificate | cert … hostname | certificate … for host | unexpected certificate | peer name |
      subjectaltname
      `,
    ],
    [
      'antivirus-or-firewall-interception',
      SURE,
      `
      avast web/mail shield | avast! mail | avast | avg web/mail shield | kaspersky | eset ssl filter |
      bitdefender | fortinet | fortigate | zscaler | netskope | untangle | mail shield | blue coat | palo alto |
      watchguard | drweb | checkpoint ssl | 250-xxxxxxxa | xxxxxxxa | 220 **** | 220 ***** |
      requested mail action okay … starttls | g data mail | norton mail | smtp restrictions | fixup protocol |
      web shield | mail scanner | email shield | imap/smtp proxy | firewall … intercept | starttls … xxxx |
      250-xxxx | generated by avast | inspection ca | ssl proxy | proxy ca | smtp inspection | esmtp inspection |
      cisco … inspect | barracuda … firewall | cn=avast | fortigate ca | issuer … avast | smtp fixup |
      smtp protocol inspection | 220 2******
      `,
    ],
    [
      'antivirus-or-firewall-interception',
      MAYBE,
      `
      antivirus | sophos | mcafee | trend micro | anti-virus software | ssl inspection | tls inspection |
      deep packet | interception | intercepted | man in the middle | mitm | sonicwall | transparent proxy |
      email scanning
      `,
    ],
    ['antivirus-or-firewall-interception', HINT, 'generated by | norton'],
    [
      'tls-cert-name-mismatch',
      SURE,
      `
      name did not match | hostname did not match | did not match the name | does not match the expected | not valid
      for '
      `,
    ],
    [
      'tls-cert-unknown-issuer',
      MAYBE,
      `
      untrusted tls connection | untrusted ca
      `,
    ],
    ['tls-cert-self-signed', LIKELY, `{certificate, cert} .. {is self-signed, is self signed}`],
    ['tls-cert-name-mismatch', LIKELY, `{hostname, host name, hostname/ip} .. {not match, n't match}`],
    ['tls-cert-unknown-issuer', SURE, `certificate not {verified, trusted}`],
  ],
}
