import { EnrolmentSheet } from '@/features/nurture/EnrolmentSheet';
import { MessagesSheet } from '@/features/nurture/message/MessagesSheet';
import type { MessageFilter } from '@/features/nurture/sending';
import type { Figure } from './editing';

type Props = { path: string; version: number | null; figure: Figure; onClose: () => void };

/** What a figure of a step is made of: leads that came to it, or messages that it sent. */
export function FigureSheet({ path, version, figure, onClose }: Props) {
  const scope = { path, step: figure.step, ...(version === null ? {} : { version }) };
  if (figure.what === 'reached') return <EnrolmentSheet title={figure.title} filter={scope} onClose={onClose} />;
  const narrowed: MessageFilter =
    figure.what === 'sent' || figure.what === 'opened' || figure.what === 'clicked' ? { outcome: figure.what } : { state: figure.what, ...(figure.reason ? { reason: figure.reason } : {}) };
  return <MessagesSheet title={figure.title} filter={{ ...scope, ...narrowed }} onClose={onClose} />;
}
