import { LIKELY, SURE, type Table } from '#shared/explain/row.ts'

/** What operating systems say of names and sockets where they do not speak English; servers' own texts are judged by their codes. */
export const OTHER_LANGUAGES: Table = {
  sources: [
    'https://translationproject.org/domain/libc.html',
    'https://learn.microsoft.com/windows/win32/winsock/windows-sockets-error-codes-2',
  ],
  rows: [
    [
      'connect-refused',
      SURE,
      `
      die verbindung verweigerte | verbindungsaufbau abgelehnt | verbindung verweigert | l'a expressément refusée |
      connexion refusée | denegó expresamente dicha conexión | conexión rehusada | conexión rechazada | rifiuto
      persistente del computer | connessione rifiutata | as recusou ativamente | conexão recusada | actief heeft
      geweigerd | verbinding is geweigerd | verbinding geweigerd | aktywnie go odmawia | połączenie odrzucone |
      в соединении отказано | отверг запрос на подключение | 接続を拒否されました | によって拒否された | 积极拒绝 |
      拒绝连接 | anslutning vägras | bağlantı reddedildi
      `,
    ],
    [
      'connect-timeout-port-blocked',
      SURE,
      `
      wartezeit für die verbindung ist abgelaufen | nach einer bestimmten zeitspanne nicht richtig reagiert |
      zeitüberschreitung {der, bei der} verbindung | expiration du délai d'attente | n'a pas répondu
      convenablement | délai de connexion dépassé | expiró el tiempo de {conexión, espera} | no respondió
      adecuadamente tras un periodo | tiempo de conexión agotado | connessione scaduta | tempo di connessione
      scaduto | connessione … esaurito | tempo esgotado para conexão | conexão expirou | não respondeu
      corretamente após | verbinding is verlopen | upłynął limit czasu | przekroczony czas oczekiwania na
      połączenie | przekroczono limit czasu połączenia | время ожидания соединения истекло | 接続がタイムアウト |
      连接超时 | zaman aşımına uğradı
      `,
    ],
    [
      'dns-host-not-found',
      SURE,
      `
      name oder der dienst ist nicht bekannt | name oder dienst nicht bekannt | der angegebene host ist unbekannt
      | remotename konnte nicht aufgelöst | nom ou service inconnu | hôte inconnu | nom distant n'a pas pu être
      résolu | nombre o servicio desconocido | host desconocido | no se puede resolver el nombre | nome o servizio
      sconosciuto | host sconosciuto | nome ou serviço desconhecido | este host não é conhecido | naam of dienst
      is niet bekend | nieznana nazwa lub usługa | nieznany host | неизвестное имя или служба | этот хост
      неизвестен | 名前またはサービスが不明 | そのようなホストは不明 | 不知道这样的主机 | 未知的名称或服务
      `,
    ],
    [
      'dns-temporary-failure',
      SURE,
      `
      temporärer fehler bei der namensauflösung | échec temporaire dans la résolution du nom | fallo temporal en
      la resolución | errore temporaneo nella risoluzione | risoluzione del nome temporaneamente | falha
      temporária na resolução | tijdelijke storing in naamsherleiding | tymczasowy błąd {w, przy} rozwiązywaniu |
      временный сбой в разрешении имен
      `,
    ],
    [
      'connect-network-unreachable-ipv6',
      LIKELY,
      `
      das netzwerk ist nicht erreichbar | le réseau n'est pas accessible | la red es inaccesible | rete non
      raggiungibile | rede inalcançável | sieć jest niedostępna | сеть недоступна
      `,
    ],
    [
      'relay-denied',
      LIKELY,
      `weiterleitung {abgelehnt, verweigert, nicht erlaubt} | relais {refusé, interdit} | relayage refusé | {reenvío, retransmisión} denegad`,
    ],
  ],
}
