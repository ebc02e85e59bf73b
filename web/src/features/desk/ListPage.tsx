import { lazy, Suspense, type ReactNode } from 'react';
import type { TypeMeta } from '@/api/types';
import { useAddress } from '@/features/records/address';
import { Loading } from '@/ui/faces';
import { useIsPhone } from '@/ui/media';
import css from './ListPage.module.css';
import { ListToolbar } from './ListToolbar';
import { ViewTabs } from './ViewTabs';
import { listQuery, readState, shownList, type ShownList } from './listState';
import { useViews } from './views';

const BoardView = lazy(() => import('./BoardView'));
const TableView = lazy(() => import('./TableView'));
const CardList = lazy(() => import('./CardList'));

/** One record type as a table, a board or, on a phone, cards; all of its state is in the address. */
export default function ListPage({ type, extra }: { type: TypeMeta; extra?: (list: ShownList) => ReactNode }) {
  const address = useAddress();
  const phone = useIsPhone();
  const views = useViews(type.key);
  const state = readState(address.get, type, views);
  const query = listQuery(state);
  const props = { type, state, query };
  return (
    <div className={css.page}>
      <ViewTabs type={type} views={views} state={state} />
      <ListToolbar type={type} state={state} extra={extra?.(shownList(state))} />
      <div className={css.content}>
        <Suspense fallback={<Loading rows={10} />}>
          {state.kind === 'board' ? <BoardView {...props} /> : phone ? <CardList {...props} /> : <TableView {...props} />}
        </Suspense>
      </div>
    </div>
  );
}
