import { Button, Group, Modal, Text } from '@mantine/core'

type ReplaceDialogProps = { readonly onReplace: () => void; readonly onClose: () => void }

export function ReplaceDialog({ onReplace, onClose }: ReplaceDialogProps) {
  return (
    <Modal opened onClose={onClose} title="Begin a new account?">
      <Text size="sm">“Add account” holds settings that are not saved. They give way to those of this server.</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" data-autofocus onClick={onClose}>
          Keep them
        </Button>
        <Button
          onClick={() => {
            onReplace()
            onClose()
          }}
        >
          Begin anew
        </Button>
      </Group>
    </Modal>
  )
}
