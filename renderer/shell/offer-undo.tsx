import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'

const OFFERED_MS = 10_000

/** Says what was done and takes it back on request, for ten seconds; hovering keeps it. */
export function offerUndo(what: string, undo: () => unknown): void {
  const id = crypto.randomUUID()
  notifications.show({
    id,
    autoClose: OFFERED_MS,
    message: (
      <span style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
        <span style={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>{what}</span>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            notifications.hide(id)
            void undo()
          }}
        >
          Undo
        </Button>
      </span>
    ),
  })
}

/** A short word that something was done. */
export function notify(what: string): void {
  notifications.show({ message: what, autoClose: 5_000 })
}
