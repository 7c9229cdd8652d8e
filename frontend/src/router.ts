import { ref } from "vue";
import { createRouter, createWebHistory, type RouteLocationNormalized } from "vue-router";
import { magic } from "./magic"; // before the history reads the address
import RoomPage from "./pages/RoomPage.vue";
import RoomsPage from "./pages/RoomsPage.vue";
import TalkPage from "./pages/TalkPage.vue";
import { SETTINGS, SETTINGS_ANYWHERE } from "./settings";
import { useRooms } from "./stores/rooms";
import { useSession } from "./stores/session";

const isPhone = () => matchMedia("(max-width: 719.98px)").matches;

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: "/", component: TalkPage, beforeEnter: home, children: [{ path: "", component: RoomsPage }] },
    {
      path: "/rooms",
      component: TalkPage,
      children: [
        { path: "", component: RoomsPage, beforeEnter: () => (isPhone() ? true : home()) },
        { path: ":id", component: RoomPage, props: true },
      ],
    },
    {
      path: "/settings",
      component: () => import("./pages/SettingsPage.vue"),
      beforeEnter: ({ path }) =>
        path.endsWith("/settings") && !isPhone() ? { path: `/settings/${SETTINGS[0]!.path}`, replace: true } : true,
      children: SETTINGS.map(({ path, component }) => ({ path, component })),
    },
    { path: "/communities", component: () => import("./pages/CommunitiesPage.vue"), meta: { open: true } },
    { path: "/begin", component: () => import("./pages/BeginPage.vue") },
    { path: "/welcome", component: () => import("./pages/WelcomePage.vue") },
    { path: "/hand-over", component: () => import("./pages/HandOverPage.vue"), meta: { open: true } },
    { path: "/sign-in", component: () => import("./pages/SignInPage.vue"), meta: { open: true } },
    { path: "/join/:code", component: () => import("./pages/JoinPage.vue"), props: true, meta: { open: true, inside: true } },
    { path: "/outside", component: () => import("./pages/OutsidePage.vue"), meta: { open: true, inside: true } },
    {
      path: "/mailbox",
      component: () => import("./pages/MailboxPage.vue"),
      meta: { open: true, local: true },
    },
    { path: "/api/docs", component: () => import("./pages/ApiDocsPage.vue"), meta: { open: true } },
    { path: "/:rest(.*)*", component: () => import("./pages/NotFoundPage.vue"), meta: { open: true } },
  ],
});

router.beforeEach(guard);

/** Where one wanted to go when that page's files did not come. */
export const unreached = ref<string | null>(null);
// A newer version has other files: the page is loaded anew, but not the one that was just loaded.
router.onError((_, to) => {
  if (navigator.onLine && router.currentRoute.value.matched.length) location.assign(to.fullPath);
  else unreached.value = to.fullPath;
});
router.afterEach(() => (unreached.value = null));

/** Who may open a page: with `meta.open` everyone, else people who are signed in. */
async function guard(to: RouteLocationNormalized) {
  const old = renamed(to);
  if (old) return { path: old, replace: true };
  const session = useSession();
  await session.ready();
  if (session.state !== "ready") return true;
  if (magic.token && to.path !== "/sign-in") return signIn(to);
  if (to.meta.local && !session.platform?.local) return { path: "/", replace: true };
  if (!session.community) return atPlatform(to, session.me !== null);
  if (to.meta.open || session.me?.role) return to.path === "/outside" && session.me?.role ? "/" : true;
  if (session.me) return { path: "/outside", replace: true };
  return signIn(to);
}

const signIn = (to: RouteLocationNormalized) => ({
  path: "/sign-in",
  query: to.fullPath === "/" ? {} : { next: to.fullPath },
  replace: true,
});

const OF_ONESELF = new Set(["/begin", "/settings", ...SETTINGS_ANYWHERE.map(({ path }) => `/settings/${path}`)]);

/** The way at the platform's own host: what is of a community is not there, so one looks for one. */
export function atPlatform(to: RouteLocationNormalized, isSignedIn: boolean) {
  if (OF_ONESELF.has(to.path)) return isSignedIn || signIn(to);
  if (to.meta.open && !to.meta.inside) return true;
  return { path: "/communities", replace: true };
}

/** Where an address of the old chat leads today: `?invite=CODE`, `?group=ID`. */
export function renamed({ query }: Pick<RouteLocationNormalized, "query">): string | null {
  if (typeof query.invite === "string") return `/join/${encodeURIComponent(query.invite)}`;
  if (typeof query.group === "string") return `/rooms/${encodeURIComponent(query.group)}`;
  return null;
}

/** The room that was open last, or the first one; without any room the way goes on. */
async function home() {
  const rooms = useRooms();
  await rooms.load();
  const room = rooms.home();
  return room ? { path: `/rooms/${room.id}`, replace: true } : true;
}
