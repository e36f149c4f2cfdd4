import type { TestThere } from '#shared/report/run-it-there.ts'
import { powershellString } from '#shared/powershell-word.ts'

/** A session through .NET's own sockets, printed with the marks that swaks readers know. It asks for the password. */
export function printPowershell({ host, port, security, user }: TestThere): string {
  const server = powershellString(host)
  const begin = [
    `$server = ${server}; $port = ${port}`,
    '$tcp = New-Object Net.Sockets.TcpClient',
    '$tcp.ReceiveTimeout = 60000; $tcp.Connect($server, $port); $stream = $tcp.GetStream()',
    'function Hear { do { $line = $reader.ReadLine(); Write-Output "<-  $line" } while ($line -match "^\\d{3}-") }',
    'function Say($text, $shown = $text) { Write-Output " -> $shown"; $writer.Write("$text`r`n"); $writer.Flush(); Hear }',
    'function Speak { $script:reader = New-Object IO.StreamReader($stream); $script:writer = New-Object IO.StreamWriter($stream) }',
    'function Encrypt { $script:stream = New-Object Net.Security.SslStream($stream); $stream.AuthenticateAsClient($server); Write-Output "=== TLS started: $($stream.SslProtocol)"; Speak }',
    'function Encode($text) { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($text)) }',
  ]
  const hello = 'Say "EHLO $([Net.Dns]::GetHostName())"'
  const connect = {
    none: ['Speak; Hear', hello],
    starttls: ['Speak; Hear', hello, 'Say "STARTTLS"; Encrypt', hello],
    tls: ['Encrypt; Hear', hello],
  }[security]
  const signIn =
    user === null
      ? []
      : [
          '$typed = Read-Host -AsSecureString "Password"',
          '$password = [Net.NetworkCredential]::new("", $typed).Password',
          `Say "AUTH LOGIN"; Say (Encode ${powershellString(user)}) "***"; Say (Encode $password) "***"`,
        ]
  return [...begin, ...connect, ...signIn, 'Say "QUIT"; $tcp.Close()'].join('\n')
}
