import { HINT, LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** What TLS libraries say about the handshake. */
export const TLS: Table = {
  sources: [
    'https://docs.openssl.org/master/man3/SSL_get_error/',
    'https://pkg.go.dev/crypto/tls',
    'https://www.rfc-editor.org/rfc/rfc3207',
    'https://www.rfc-editor.org/rfc/rfc8446',
  ],
  rows: [
    [
      'starttls-advertised-but-broken',
      SURE,
      `
      tls not available due to local problem | tls not available due to temporary reason | tls currently
      unavailable | tls not available | tls temporarily unavailable | error upgrading connection with starttls |
      tls is required, but our tls engine is unavailable | unable to initialize tls | starttls failed | starttls
      handshake failed | cannot start tls | could not start tls | failed to start tls | unable to start tls |
      stream_socket_enable_crypto | unable to connect with starttls | problem starting tls | error while starting
      tls | lost connection after starttls | tls init def ctx failed | tls handshake failed: eof | handshake
      failed after starttls
      `,
    ],
    ['starttls-advertised-but-broken', LIKELY, `403 4.7.0 tls | tls negotiation failed after | tls setup failed`],
    ['starttls-advertised-but-broken', MAYBE, `tls handshake failed | tls negotiation failed`],
    [
      'starttls-not-offered',
      SURE,
      `
      starttls extension not supported | does not support starttls | doesn't support starttls | starttls is not
      supported | starttls not supported | starttls not available | starttls not offered | starttls is not
      available | starttls not advertised | starttls is required but | starttls is required, but | starttls …
      required but … not | did not advertise starttls | does not advertise starttls | not offer starttls |
      doesn't advertise | no starttls | without starttls support | does not support the starttls extension |
      server does not support tls | server doesn't support tls | server did not offer tls | the server does not
      support tls via the starttls command | does not support secure connections | server does not support secure
      | tls is required, but was not offered | tls required but not supported | requested tls, but … does not |
      starttls … command not implemented | starttls … command not recognized | starttls … unrecognized command |
      starttls … 502 | starttls … 500 | no tls available on this server | starttls … was not offered | host did
      not offer starttls | starttls attempted but not advertised | didn't find starttls in server response | use of starttls … not possible | starttls not detected | unable to upgrade to tls |
      security=starttls … not supported | starttls … not available | starttls … unsupported | starttls … not
      supported | not support starttls | not support tls | no tls support | support for starttls | tls not
      available on this | tls … not offered | missing starttls | starttls missing | starttls … not implemented |
      starttls … unrecognized | without offering starttls | starttlsexception | didn't offer starttls | not
      offering starttls | not provide starttls
      `,
    ],
    [
      'starttls-not-offered',
      LIKELY,
      `
      {unrecognized, unrecognised, unknown, unsupported, unimplemented} command .. starttls | command not
      {implemented, recognized, recognised, supported, understood} .. starttls | command .. starttls .. {not
      implemented, not recognized, not recognised, not supported, unknown} | tls not supported | tls is not
      supported | starttls extension | starttls … unavailable | server … not
      advertise
      `,
    ],
    [
      'starttls-on-implicit-port',
      SURE,
      `
      454 … when tls active | starttls … not available when tls active | already encrypted | tls already |
      plaintext … port 465 | use ssl … 465 | secure: false … 465 | secure:false … 465
      `,
    ],
    [
      'starttls-on-implicit-port',
      LIKELY,
      `
      starttls when tls active | starttls … already using tls | tls already active | already in tls mode | tls
      already started | starttls on port 465
      `,
    ],
    [
      'starttls-required',
      SURE,
      `
      must issue a starttls command first | must issue starttls | must issue a tls command | issue a starttls |
      starttls command first | starttls first | starttls is required | starttls required | use starttls |
      requires starttls | requires a secure connection | encryption is required | must use tls | must use ssl |
      must use encryption | connection must be encrypted | connection must be secure | secure connection required
      | need starttls | need a secure connection | session encryption is required | unencrypted connection not
      allowed | only accepts tls | a tls connection is required | starttls must be used | smtp server requires a
      secure connection | must issue a starttls | 5.7.0 must issue | 530 5.7.0 tls | use tls first | ssl/tls
      required | ssl is required | requires ssl | secure connection .. required | secure connection is required |
      the smtp server requires a secure connection or the client was not authenticated | please use tls | only
      over tls | tls connection is required | ssl connection is required | ssl/tls connection | tls is mandatory
      | encrypted connection required | encrypted connection is required | requires encryption
      `,
    ],
    [
      'starttls-required',
      LIKELY,
      `
      {must use, have to use, need, needs, require, requires} .. {encrypted, secure} connection | require tls |
      requires tls | tls required | tls is required | ssl required | encryption required | secure
      connection, issue starttls | issue starttls
      `,
    ],
    [
      'starttls-required',
      MAYBE,
      `
      starttls … required | encryption … required | starttls to | before starttls | plaintext connection | tls first
      `,
    ],
    [
      'tls-implicit-on-starttls-port',
      SURE,
      `
      wrong version number | wrong_version_number | first record does not look like a tls handshake |
      unrecognized ssl message, plaintext connection | unsupported or unrecognized ssl message | 1408f10b |
      0a00010b | record layer version mismatch | ssl23_get_server_hello:unknown protocol | 140770fc | an
      unexpected tls packet was received | a tls packet with unexpected length was received | invalidcontenttype
      | received corrupt message | record packet with illegal version | cannot determine the frame size or a corrupted frame was received |
      handshake failed due to an unexpected packet format | ssl_error_rx_record_too_long | packet length too long
      | the server … does not support implicit tls | err_ssl_wrong_version_number | ssl3_get_record | ssl
      routines::wrong version number | oversized record received | record overflow … tls | not an ssl/tls | plain
      text … tls | received record with version | ssl: wrong_version_number | ssl: unknown_protocol |
      unknown_protocol | unexpected packet format | the handshake failed due to an unexpected |
      sslhandshakeexception: unsupported | ssl_read … wrong version | bad protocol … tls | ssl/tls-record | tls:
      oversized | unencrypted smtp … tls | ssl handshake failed … port 587
      `,
    ],
    [
      'tls-implicit-on-starttls-port',
      MAYBE,
      `
      unknown protocol | gnutls_handshake() failed: an unexpected | record overflow | tls handshake … 220 |
      handshake … unexpected message | wrong version | plaintext connection
      `,
    ],
    [
      'tls-implicit-on-starttls-port',
      HINT,
      `
      connection was forcibly closed by the remote host | socket hang up | disconnected before secure tls
      connection was established | first byte | non-ssl | not ssl | ssl … port 587 | secure … true … 587
      `,
    ],
    [
      'tls-no-shared-cipher-or-weak-dh',
      SURE,
      `
      no shared cipher | no_shared_cipher | dh key too small | dh_key_too_small | dh_p_is_not_prime | ee key too
      small | ca md too weak | ssl/tls alert handshake failure | alert number 40 | handshakefailure |
      handshake_failure | tls: handshake failure | no cipher match | no cipher suites in common | cipher suite
      not supported | no common encryption algorithm | diffie-hellman prime | dh prime | weak ephemeral | weak
      server ephemeral | could not negotiate a supported cipher suite | algorithm constraints check failed | not comply to algorithm constraints | bad
      ecpoint | wrong curve | insufficient security | unsafe legacy renegotiation disabled | no ciphers available
      | key too small | wrong signature type | no common cipher | no ciphers in common | cipher mismatch | cipher
      suites … no | weak diffie | no shared signature | server key … too small | too small … key |
      ssl_ctx_set_cipher | the server … weak | md too weak | sha1 … signature
      `,
    ],
    [
      'tls-no-shared-cipher-or-weak-dh',
      LIKELY,
      `
      handshake failure | renegotiation | weak dh | dh parameters | seclevel | alert handshake failure | sslv3
      alert handshake failure
      `,
    ],
    [
      'tls-protocol-too-old',
      SURE,
      `
      unsupported protocol | unsupported_protocol | alert protocol version | tlsv1_alert_protocol_version |
      selected unsupported protocol version | protocol version not supported | no supported versions satisfy |
      tls 1.0 and 1.1 are not supported | tls 1.0 is not supported | alert number 70 | version too low |
      protocol_version | no protocols available | client and server cannot communicate, because they do not
      possess a common algorithm | no appropriate protocol | the requested security protocol is not supported |
      unsupported tls version | selected protocol version .. not accepted | tls version not supported | requires tls 1.2 | requires tlsv1.2 | support tls 1.2
      | minimum tls version | legacy sigalg disallowed or unsupported | versions are not supported |
      ssl_choose_client_version | smtp_auth_tls | sslv3 is disabled | deprecated tls | upgrade … tls 1.2 | alert
      protocol_version | ssl alert number 70 | supports only tls 1.0 | only supports tls 1.0 | version mismatch …
      tls | server … only … tlsv1 | inappropriate fallback | no suitable protocol | tls version … too old |
      ssl_choose_client_version:unsupported | tls_process_server_hello … unsupported | unsupported tls | protocol
      is disabled | alert … protocol version | packet with illegal or unsupported version
      `,
    ],
    [
      'tls-protocol-too-old',
      MAYBE,
      `
      tls 1.0 | tls 1.1 | tlsv1.0 | tlsv1.1 | sslv3 | tlsv1 alert | unsupported version | tls1.0 | minimum version
      `,
    ],
  ],
}
