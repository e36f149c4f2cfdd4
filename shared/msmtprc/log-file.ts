/*
 * Debian's and Ubuntu's AppArmor profile for msmtp lets it write its log to three places only; elsewhere msmtp says
 * "cannot log to …: Permission denied" although the mode of the file is right.
 */

const ALLOWED = [/^~\/\.msmtp[^/]*\.log$/, /^~\/\.cache\/msmtp\/[^/]*\.log$/, /^\/var\/log\/msmtp$/]

/** Why a log file is likely to fail on Debian and Ubuntu, or null. `home` lets full names below it count too. */
export function judgeLogFile(logFile: string, home: string | null = null): string | null {
  const path = home !== null && logFile.startsWith(`${home}/`) ? `~${logFile.slice(home.length)}` : logFile
  // `-` is standard output.
  if (path === '-' || ALLOWED.some(pattern => pattern.test(path))) return null
  const inHome = /^\/(home\/[^/]+|root)\//.exec(path)
  if (inHome !== null && ALLOWED.some(pattern => pattern.test(`~/${path.slice(inHome[0].length)}`))) return null
  return `AppArmor on Debian and Ubuntu lets msmtp log only to ~/.msmtp*.log, ~/.cache/msmtp/*.log and /var/log/msmtp, not to ${logFile}.`
}
