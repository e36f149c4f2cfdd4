/** In the order of the path. Apart from the schemas of steps: to build those takes as long as many a server to answer. */
export const STEP_IDS = ['resolve', 'connect', 'encrypt', 'sign-in', 'deliver', 'domain'] as const
