import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { announce } from './announcer.tsx'

type CopyButtonProps = {
  /** A function where it takes work to make. */
  readonly text: string | (() => string)
  /** What is copied, for the name of the button: "Copy fingerprint". */
  readonly what: string
  /** With its words on it, where the button is an action of its own. */
  readonly labelled?: boolean
}

export function CopyButton({ text, what, labelled = false }: CopyButtonProps) {
  const clipboard = useClipboard({ timeout: 1_500 })
  const label = `Copy ${what}`
  const copy = () => {
    clipboard.copy(typeof text === 'string' ? text : text())
    announce(`Copied ${what}`)
  }
  const Icon = clipboard.copied ? IconCheck : IconCopy
  if (labelled)
    return (
      <Button variant="default" size="xs" leftSection={<Icon size={14} aria-hidden />} onClick={copy}>
        {clipboard.copied ? 'Copied' : label}
      </Button>
    )
  return (
    <Tooltip label={clipboard.copied ? 'Copied' : label}>
      <ActionIcon size="sm" aria-label={label} onClick={copy}>
        <Icon size={15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
