import { Button, Group, Modal, Text } from '@mantine/core'

type ReplaceDialogProps = { readonly onDiscard: () => void; readonly onClose: () => void }

export function ReplaceDialog({ onDiscard, onClose }: ReplaceDialogProps) {
  return (
    <Modal opened onClose={onClose} title="Discard what you typed?">
      <Text size="sm">The file in the editor has changes that are not saved.</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" data-autofocus onClick={onClose}>
          Keep editing
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
