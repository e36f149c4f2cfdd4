/**
 * The line with a password in it masked: as msmtp reads it, and as people write it who do not know msmtp's ways
 * (`password=x`, `Password: x`), in a comment and behind `eval echo` too. All other lines come back as they are.
 */
export function maskLine(text: string): string {
  return text.replace(SECRET_LINE, '$1*')
}

const SECRET_LINE =
  /^([ \t#\ufeff]*(?:eval[ \t]+["']?echo[ \t]+["']?)?pass(?:word|wd|phrase)?(?:[ \t]*[=:"'][ \t]*|[ \t]+))[\s\S]+$/i
