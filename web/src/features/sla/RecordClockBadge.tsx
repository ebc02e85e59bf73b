import { lazy, Suspense, useState } from 'react';
import { ClockBadge } from './ClockBadge';
import type { Brief } from './countdown';

const ClockSheet = lazy(() => import('./ClockSheet'));

type Props = { clock: Brief; record: { type: string; id: number; title: string }; named?: boolean };

/** The clock that presses most on a record; a click opens all of them with their why. */
export function RecordClockBadge({ clock, record, named }: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <ClockBadge
        clock={clock}
        named={named}
        onOpen={() => {
          setOpened(true);
        }}
      />
      <Suspense fallback={null}>
        {opened && (
          <ClockSheet
            type={record.type}
            id={record.id}
            title={record.title}
            onClose={() => {
              setOpened(false);
            }}
          />
        )}
      </Suspense>
    </>
  );
}
