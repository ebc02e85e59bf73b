import { useEffect, useRef } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

/** A page that one goes on to is read from its top, however far the one before was scrolled. */
export function useFromTop<T extends HTMLElement>() {
  const place = useRef<T>(null);
  const { pathname } = useLocation();
  const isBack = useNavigationType() === NavigationType.Pop;
  const shown = useRef(pathname);
  useEffect(() => {
    if (!isBack && shown.current !== pathname) place.current?.scrollTo({ top: 0 });
    shown.current = pathname;
  }, [pathname, isBack]);
  return place;
}
