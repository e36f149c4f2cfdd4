import { Button, Group, Modal, Text } from '@mantine/core'

type DiscardDialogProps = { readonly onDiscard: () => void; readonly onClose: () => void }

export function DiscardDialog({ onDiscard, onClose }: DiscardDialogProps) {
  return (
    <Modal opened onClose={onClose} title="Discard what you typed?">
      <Text size="sm">The settings go back to what is saved.</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" data-autofocus onClick={onClose}>
          Keep typing
        </Button>
        <Button
          color="red"
          onClick={() => {
            onDiscard()
            onClose()
          }}
        >
          Discard
        </Button>
      </Group>
    </Modal>
  )
}
