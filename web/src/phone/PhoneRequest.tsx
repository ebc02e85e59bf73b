import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import { noWish, type Wish } from '@/features/approvals/request';
import { isAskable, useOpenFlows, useRequest } from '@/features/approvals/requesting';
import { useAddress } from '@/features/records/address';
import { useType } from '@/features/records/meta';
import { useSearch } from '@/features/records/search';
import { Empty, Faces } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import PhoneWish from './PhoneWish';
import css from './phone.module.css';

/** Asks for an approval by hand: from a record, whose address brings it, or from the inbox. */
export default function PhoneRequest() {
  const { t } = useTranslation('approvals');
  const name = useName();
  const say = useToast();
  const go = useNavigate();
  const address = useAddress();
  const from = { type: address.get('type'), id: Number(address.get('id')) };
  const flows = useOpenFlows(from.type || null);
  const send = useRequest();
  const [key, setKey] = useState('');
  const [picked, setPicked] = useState<number | null>(null);
  const [title, setTitle] = useState('');
  const [wish, setWish] = useState<Wish>(noWish);
  const [busy, setBusy] = useState(false);
  const flow = flows.data?.find((one) => one.key === key);
  const recordId = from.id || (flow?.record_type ? picked : null);
  const problem = problemOf(send.error);
  const submit = () => {
    if (!flow) return;
    send.mutate(
      { ...wish, flow: flow.key, record_type: flow.record_type || null, record_id: recordId, title },
      {
        onSuccess: (kept) => {
          say('ok', t('request.asked'));
          void go(`/approvals/${kept.id}`, { replace: true });
        },
      },
    );
  };
  return (
    <>
      <Link to={from.id ? `/r/${from.type}/${from.id}` : '/approvals'} className={css.back}>
        ← {t('back', { ns: 'ui' })}
      </Link>
      <h1 className={css.title}>{t('request.new')}</h1>
      <Faces query={flows} isEmpty={(list) => list.length === 0} empty={<Empty title={t('request.noFlow')} hint={t('request.noFlowHint')} />}>
        {(list) => (
          <form
            className={css.panel}
            aria-label={t('request.new')}
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            <div className={css.supply}>
              <label>
                {t('request.flow')}
                <select
                  value={key}
                  required
                  disabled={busy}
                  onChange={(event) => {
                    setKey(event.target.value);
                    setPicked(null);
                    setWish({ ...noWish, comment: wish.comment, files: wish.files });
                    send.reset();
                  }}
                >
                  <option value="">{t('request.chooseFlow')}</option>
                  {list.map((one) => (
                    <option key={one.key} value={one.key}>
                      {name(one.name)}
                    </option>
                  ))}
                </select>
              </label>
              {flow?.record_type && !from.id && <About key={flow.key} type={flow.record_type} value={picked} onChange={setPicked} />}
              {flow && isAskable(flow, recordId) && (
                <>
                  <label>
                    {t('request.subject')}
                    <input value={title} maxLength={200} placeholder={t('request.subjectHint')} onChange={(event) => { setTitle(event.target.value); }} />
                  </label>
                  <PhoneWish key={flow.key} flow={flow.key} recordId={recordId} wish={wish} onChange={setWish} onBusy={setBusy} errors={problem?.errors ?? []} />
                </>
              )}
              {problem && (
                <p className={css.bad} role="alert">
                  {problem.message}
                </p>
              )}
              <button type="submit" className={css.primary} disabled={send.isPending || busy || !isAskable(flow, recordId)}>
                {t('request.submit')}
              </button>
            </div>
          </form>
        )}
      </Faces>
    </>
  );
}

/** Chooses the record that the approval is about. */
function About({ type: key, value, onChange }: { type: string; value: number | null; onChange: (id: number | null) => void }) {
  const { t } = useTranslation('approvals');
  const name = useName();
  const type = useType(key);
  const [text, setText] = useState('');
  const hits = useSearch(text, key, 8).data ?? [];
  return (
    <fieldset className={css.people}>
      <legend>{name(type?.name)}</legend>
      <input type="search" aria-label={name(type?.name)} placeholder={t('request.record')} value={text} onChange={(event) => { setText(event.target.value); onChange(null); }} />
      <ul>
        {hits.map((hit) => (
          <li key={hit.id}>
            <label className={css.tick}>
              <input type="radio" name="about" checked={hit.id === value} onChange={() => { onChange(hit.id); }} />
              <span>
                {hit.title} <small className="muted">{hit.subtitle}</small>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
