import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SupportCase, SupportFile } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { Answering } from './Answering';
import { Outcome, Standing } from './CaseLines';
import { useSupportCase } from './queries';
import css from './support.module.css';

function Files({ files }: { files: SupportFile[] }) {
  if (files.length === 0) return null;
  return (
    <div className={css.files}>
      {files.map((one) => (
        <a key={one.id} href={one.url} target="_blank" rel="noreferrer">
          {one.thumbnail_url ? <img src={one.thumbnail_url} alt={one.name} /> : one.name}
        </a>
      ))}
    </div>
  );
}

const tones: Record<string, string> = { given: 'ok', confirmed: 'ok', reopened: 'bad' };

function Course({ found }: { found: SupportCase }) {
  const { t } = useTranslation('support');
  const name = useName();
  const helps = new Map(found.helps.map((one) => [one.id, one]));
  return (
    <section className={css.panel} aria-labelledby="course">
      <h2 id="course">{t('course')}</h2>
      <ol className={css.turns}>
        {found.turns.map((turn, place) => {
          const help = turn.help_id ? helps.get(turn.help_id) : undefined;
          return (
            <li key={`${turn.at}${String(place)}`} data-tone={tones[turn.what]}>
              <div>
                <strong>{t(`turn.${turn.what}`, { to: turn.to?.name ?? '—' })}</strong> {turn.by?.name}
              </div>
              {help && (
                <div className={help.turned_down ? css.struck : css.what}>
                  {name(help.kind.name)} {help.text}
                </div>
              )}
              {help?.turned_down && <span className={css.tag}>{t('turnedDown')}</span>}
              {help && help.is_substantive && !help.in_time && <span className={css.tag}>{t('tooLate')}</span>}
              {turn.note && <div className={css.what}>{turn.note}</div>}
              {help && <Files files={help.files} />}
              <small className="muted num">{dateTime(turn.at)}</small>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function About({ about }: { about: SupportCase['record'] }) {
  if (!about) return null;
  return about.is_readable ? <Link to={recordPath(about.type, about.id)}>{about.title}</Link> : <span>{about.title}</span>;
}

/** One case whole: the problem, its countdown, why this person, what was done, what to do. */
export function CaseView({ id }: { id: number }) {
  const { t } = useTranslation('support');
  const name = useName();
  const found = useSupportCase(id);
  return (
    <Faces query={found} rows={8}>
      {(data) => (
        <>
          <section className={css.panel}>
            <div className={css.head}>
              <h1>
                {data.number} · {name(data.kind.name)}
              </h1>
              <Outcome found={data} />
              <Standing found={data} />
            </div>
            <p className={css.what}>{data.what}</p>
            <Files files={data.files} />
            <dl className={css.details}>
              {(data.record ?? data.customer) && (
                <>
                  <dt>{t('about')}</dt>
                  <dd>
                    <About about={data.record} /> <About about={data.customer} />
                  </dd>
                </>
              )}
              <dt>{t('requester')}</dt>
              <dd>
                {data.requester.name} · {data.unit?.name}
              </dd>
              <dt>{t('owner')}</dt>
              <dd>
                {data.owner?.name ?? t('nobody')}
                <p className="muted">{data.why}</p>
              </dd>
              <dt>{t('state.label')}</dt>
              <dd>{t(`state.${data.state}`)}</dd>
              <dt>{t('firstDue')}</dt>
              <dd className="num">{data.due_at ? dateTime(data.due_at) : t('unclocked')}</dd>
            </dl>
          </section>
          <Answering key={data.version} found={data} />
          <Course found={data} />
        </>
      )}
    </Faces>
  );
}
