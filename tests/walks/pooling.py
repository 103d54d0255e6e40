"""What becomes of a pool, its certificates and its anchors on a walk."""

from __future__ import annotations

from hypothesis import strategies as st

from longleaf.directory.status import Role
from longleaf.panels.calibration import anchors, back_reading, standing
from longleaf.panels.models import Anchor, Certification, PoolMember
from longleaf.panels.pool import joining, leading
from longleaf.panels.status import (
    ANCHOR_MOVES,
    CERTIFICATION_MOVES,
    MEMBER_MOVES,
    AnchorStatus,
    CertificationStatus,
    MemberStatus,
)
from tests.walks import rights
from tests.walks.acting import Acting, now_and_then, which, yes

CERTIFICATE_ACTS = {
    "suspend": (standing.suspend, CertificationStatus.SUSPENDED),
    "reinstate": (standing.reinstate, CertificationStatus.CERTIFIED),
    "train": (standing.send_to_training, CertificationStatus.IN_TRAINING),
    "withdraw": (standing.withdraw, CertificationStatus.WITHDRAWN),
}


class Pooling(Acting):
    """Members come and go, certificates and anchors are decided on."""

    @now_and_then(what=which, who=which, resumes=yes)
    def pause_or_resume(self, what: int, who: int, resumes: bool) -> None:
        member = self.one(PoolMember.objects.select_related("pool"), what)
        if member is None:
            return
        person = self.person(who)
        leads = rights.holds(person, Role.LEAD_ASSESSOR, self.world) and member.pool_id == self.world.issuer.pk
        leads = leads or (member.pool.code == "D2" and person.name == "Ivy Elsewhere")
        can = (
            member.status == MemberStatus.PAUSED
            if resumes
            else MemberStatus.PAUSED in MEMBER_MOVES[MemberStatus(member.status)]
        )
        verb = leading.resume if resumes else leading.pause
        self.act(lambda: verb(member=member, acting_person=person), lawful=leads and can)

    @now_and_then(what=which, who=which, fitting=yes, accepts=yes)
    def leave_or_accept(self, what: int, who: int, fitting: bool, accepts: bool) -> None:
        member = self.one(PoolMember.objects.select_related("assessor__person"), what)
        if member is None or what % 2:
            return
        person = self.who(fitting, who, member.assessor.person)
        is_own = member.assessor.person.pk == person.pk
        if accepts:
            can = member.status == MemberStatus.INVITED
            self.act(lambda: joining.accept(member=member, acting_person=person), lawful=is_own and can)
        else:
            can = MemberStatus.LEFT in MEMBER_MOVES[MemberStatus(member.status)]
            self.act(lambda: joining.leave(member=member, acting_person=person), lawful=is_own and can)

    @now_and_then(whom=which, who=which)
    def invite(self, whom: int, who: int) -> None:
        invited, person = self.person(whom), self.person(who)
        member = PoolMember.objects.filter(pool=self.world.issuer, assessor=invited.pk).first()
        can = member is None or MemberStatus.INVITED in MEMBER_MOVES[MemberStatus(member.status)]
        self.act(
            lambda: leading.invite(pool=self.world.issuer, address=invited.email, acting_person=person),
            lawful=rights.holds(person, Role.LEAD_ASSESSOR, self.world) and can,
        )

    @now_and_then(what=which, who=which, act=st.sampled_from(sorted(CERTIFICATE_ACTS)), says=yes)
    def decide_on_a_certificate(self, what: int, who: int, act: str, says: bool) -> None:
        held = self.one(Certification.objects.all(), what)
        if held is None:
            return
        person, (verb, new) = self.person(who), CERTIFICATE_ACTS[act]
        can = new in CERTIFICATION_MOVES[CertificationStatus(held.status)]
        if act == "reinstate":
            can = held.status == CertificationStatus.SUSPENDED
        leads = rights.holds(person, Role.LEAD_ASSESSOR, self.world) and held.person_id != person.pk
        self.act(
            lambda: verb(certification=held, because="It is so." if says else "", acting_person=person),
            lawful=leads and says and can,
        )

    @now_and_then(who=which)
    def train(self, who: int) -> None:
        person = self.person(who)
        self.act(
            lambda: standing.enter_training(edition=self.world.edition, acting_person=person),
            lawful=None if rights.holds(person, Role.ASSESSOR, self.world) else False,
        )

    @now_and_then(what=which, who=which, fitting=yes)
    def read_again(self, what: int, who: int, fitting: bool) -> None:
        held = self.one(Certification.objects.all(), what)
        if held is None:
            return
        person = self.person(who)
        leads = rights.holds(person, Role.LEAD_ASSESSOR, self.world) and held.person_id != person.pk
        self.act(lambda: back_reading.draw(certification=held, acting_person=person), lawful=None if leads else False)

    @now_and_then(what=which, who=which, act=st.sampled_from(["read", "use", "retire"]), says=yes)
    def handle_an_anchor(self, what: int, who: int, act: str, says: bool) -> None:
        anchor = self.one(Anchor.objects.all(), what)
        if anchor is None:
            return
        person, because = self.person(who), "It is so." if says else ""
        leads = rights.holds(person, Role.LEAD_ASSESSOR, self.world)
        if act == "retire":
            can = says and AnchorStatus.RETIRED in ANCHOR_MOVES[AnchorStatus(anchor.status)]
            self.act(lambda: anchors.retire(anchor=anchor, because=because, acting_person=person), lawful=leads and can)
        elif act == "use":
            can = AnchorStatus.IN_USE in ANCHOR_MOVES[AnchorStatus(anchor.status)]
            self.act(
                lambda: anchors.put_in_use(anchor=anchor, because=because, acting_person=person),
                # Whether its levels are set is asked as well.
                lawful=None if leads and can else False,
            )
        else:
            belongs = leads or rights.holds(person, Role.ASSESSOR, self.world)
            self.act(
                lambda: anchors.read_to_set(anchor=anchor, acting_person=person), lawful=None if belongs else False
            )
