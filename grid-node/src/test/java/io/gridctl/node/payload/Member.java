package io.gridctl.node.payload;

import org.jspecify.annotations.Nullable;

/** One whose hash code is what another node says. */
final class Member implements Comparable<Member> {
    final Node of;

    Member(Node of) {
        this.of = of;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Member member && of.equals(member.of);
    }

    @Override
    public int hashCode() {
        return of.hashCode() + 1;
    }

    @Override
    public int compareTo(Member other) {
        return of.compareTo(other.of);
    }
}
