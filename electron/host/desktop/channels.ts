/** From the preload: the page stands ready and asks for its port. */
export const ASK_FOR_PORT = 'mailwright:ask-for-port'
/** From the main process, with the port. */
export const GIVE_PORT = 'mailwright:give-port'
