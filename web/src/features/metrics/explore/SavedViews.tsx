import { DeleteOutlined, PushpinFilled, PushpinOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import { useConfirm } from '@/ui/confirm';
import { Empty, Faces } from '@/ui/faces';
import { useToast } from '@/ui/toast';
import css from './explore.module.css';
import { usePinFigureView, useRemoveFigureView, useSavedViews, type SavedView } from './saved';
import { viewOf, viewPath } from './view';

function Saved({ view, current, onLeave }: { view: SavedView; current: boolean; onLeave: () => void }) {
  const { t } = useTranslation('explore');
  const say = useToast();
  const confirm = useConfirm();
  const pin = usePinFigureView();
  const remove = useRemoveFigureView();
  const onError = (error: unknown) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); };
  return (
    <li data-current={current}>
      <Link to={viewPath(viewOf(view.document), view.id)} aria-current={current ? 'page' : undefined} onClick={onLeave}>
        {view.name}
        <small>{view.mine ? t(`shared.${view.sharing}`) : view.owner}</small>
      </Link>
      <button type="button" className={css.icon} aria-pressed={view.pinned} aria-label={t(view.pinned ? 'unpin' : 'pin', { name: view.name })} onClick={() => { pin.mutate({ id: view.id, pinned: !view.pinned }, { onError }); }}>
        {view.pinned ? <PushpinFilled aria-hidden /> : <PushpinOutlined aria-hidden />}
      </button>
      {view.mine && (
        <button type="button" className={css.icon} aria-label={t('remove', { name: view.name })} onClick={() => { confirm({ title: t('removeAsk', { name: view.name }), danger: true, ok: t('removeDo'), run: () => remove.mutateAsync(view.id).catch(onError) }); }}>
          <DeleteOutlined aria-hidden />
        </button>
      )}
    </li>
  );
}

/** One's own views and those that others share, each opened by its name. */
export function SavedViews({ current, onLeave = () => undefined }: { current: number | null; onLeave?: () => void }) {
  const { t } = useTranslation('explore');
  const views = useSavedViews();
  return (
    <Faces query={views} rows={3} isEmpty={(data) => data.items.length === 0} empty={<Empty title={t('noViews')} hint={t('noViewsHint')} />}>
      {(data) => (
        <>
          {([true, false] as const).map((mine) => {
            const found = data.items.filter((each) => each.mine === mine);
            return (
              found.length > 0 && (
                <section key={String(mine)} aria-label={t(mine ? 'own' : 'ofOthers')}>
                  <h3>{t(mine ? 'own' : 'ofOthers')}</h3>
                  <ul className={css.saved}>
                    {found.map((each) => (
                      <Saved key={each.id} view={each} current={each.id === current} onLeave={onLeave} />
                    ))}
                  </ul>
                </section>
              )
            );
          })}
        </>
      )}
    </Faces>
  );
}
