import { Input, SegmentedControl } from '@mantine/core'
import { useId } from 'react'
import styles from './ask-form.module.css'

type ChoiceProps<Value extends string> = {
  readonly label: string
  readonly data: readonly { readonly value: Value; readonly label: string }[]
  readonly value: Value
  readonly disabled?: boolean
  readonly onChange: (value: Value) => void
}

/** One of a few, all of them in sight, with its label above it as an input has. */
export function Choice<Value extends string>({ label, data, value, disabled = false, onChange }: ChoiceProps<Value>) {
  const id = useId()
  return (
    <div className={styles.choice}>
      <Input.Label labelElement="div" id={id}>
        {label}
      </Input.Label>
      <SegmentedControl aria-labelledby={id} data={[...data]} value={value} disabled={disabled} onChange={onChange} />
    </div>
  )
}
