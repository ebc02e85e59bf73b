import { Component, type ReactNode } from 'react';
import { Failure } from './faces';

type State = { error: unknown };

/** A page that broke says so and can be tried again; the rest of the screen stays. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    const staleBuild = String(this.state.error).includes('dynamically imported module');
    const retry = () => {
      if (staleBuild) location.reload();
      else this.setState({ error: null });
    };
    return <Failure error={this.state.error} retry={retry} />;
  }
}
