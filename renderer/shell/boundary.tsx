import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { problemOf } from '../api/problem.ts'
import { ProblemNote } from './problem-note.tsx'

type BoundaryProps = { readonly children: ReactNode }
type BoundaryState = { readonly error: unknown }

/** A fault in one page must not take the window down: React offers this to class components only. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override readonly state: BoundaryState = { error: null }

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { error }
  }

  override render() {
    if (this.state.error === null) return this.props.children
    return (
      <div style={{ padding: 28 }}>
        <ProblemNote
          what="This page could not be shown"
          problem={problemOf(this.state.error)}
          action={
            <Button size="xs" variant="default" onClick={() => this.setState({ error: null })}>
              Show it again
            </Button>
          }
        />
      </div>
    )
  }
}
