/** RFC 2606 section 2: `.test` is never delegated, so nothing that practises can reach a stranger. */
export const PRACTICE_DOMAIN = 'practice.test'
export const PRACTICE_HOST = `mail.${PRACTICE_DOMAIN}`
export const PRACTICE_USER = `practice@${PRACTICE_DOMAIN}`
