/*
 * zod makes a function of a schema's text where that is allowed. The policy of the pages forbids it, and would report
 * even the attempt. zod takes this object for its configuration when it is loaded, which may be much later.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
